import { describe, expect, it } from '@jest/globals';
import { bare, textsOf } from '../testing.js';
import { wrongNumber } from './wrong-number.js';

/** Source, and what it should be. */
const FIXES: readonly (readonly [what: string, from: string, to: string])[] = [
  ['the size of the alphabet (HumanEvalFix JavaScript/89)', `if (p > 122) { p -= 24 }`, `if (p > 122) { p -= 26 }`],
  ['the code after Z (HumanEvalFix JavaScript/66)', `const upper = c > 64 && c < 100;`, `const upper = c > 64 && c < 91;`],
  [
    'an index that its neighbour has (MdEval JavaScript/20)',
    `const f = (s) => s[1] === s[2] && s[0] !== s[3];`,
    `const f = (s) => s[1] === s[2] && s[0] !== s[1];`,
  ],
  [
    'a number of the comment',
    `// a century has one hundred years
function f(y) { return y / 12; }`,
    `// a century has one hundred years
function f(y) { return y / 100; }`,
  ],
  ['a start of a search (HumanEvalFix JavaScript/75)', `for (let j = 0; j < n; j++) f(j);`, `for (let j = 2; j < n; j++) f(j);`],
];

describe('wrong-number', () => {
  it.each(FIXES)('mends %s', (_, from, to) => {
    expect(textsOf(wrongNumber, from).map(bare)).toContain(bare(to));
  });

  it('never gives a neighbour, which is off-by-one’s', () => {
    expect(textsOf(wrongNumber, `f(7);`).filter((text) => text.includes(`f(8)`))).toEqual([]);
  });
});
