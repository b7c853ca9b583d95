import { describe, expect, it } from '@jest/globals';
import { bare, textsOf } from '../testing.js';
import { wrongString } from './wrong-string.js';

/** Source, and what it should be. */
const FIXES: readonly (readonly [what: string, from: string, to: string])[] = [
  ['a separator (HumanEvalFix JavaScript/28)', `const f = (xs) => xs.join(' ');`, `const f = (xs) => xs.join('');`],
  [
    'another literal that contains it (HumanEvalFix JavaScript/79)',
    `const f = (n) => "db" + n.toString(2) + "d";`,
    `const f = (n) => "db" + n.toString(2) + "db";`,
  ],
  [
    'a mistyped word that the comment spells (HumanEvalFix JavaScript/148)',
    `/* Mars, Jupiter, Saturn */
const f = () => ['Mars', 'Jupyter'];`,
    `/* Mars, Jupiter, Saturn */
const f = () => ['Mars', 'Jupiter'];`,
  ],
  [
    'a bracket of the other kind (HumanEvalFix JavaScript/132)',
    `// only square brackets: f('[[]]')
const f = (c) => c == '(';`,
    `// only square brackets: f('[[]]')
const f = (c) => c == '[';`,
  ],
  ['upper for lower case (HumanEvalFix JavaScript/119)', `f('yes');`, `f('Yes');`],
];

describe('wrong-string', () => {
  it.each(FIXES)('mends %s', (_, from, to) => {
    expect(textsOf(wrongString, from).map(bare)).toContain(bare(to));
  });

  it('leaves directives alone', () => {
    expect(
      textsOf(
        wrongString,
        `'use strict';
f();`,
      ).filter((text) => text.includes(`use`)),
    ).toEqual([]);
  });

  it('leaves imports alone', () => {
    expect(textsOf(wrongString, `import 'a';`).filter((text) => text.includes(`A`))).toEqual([]);
  });
});
