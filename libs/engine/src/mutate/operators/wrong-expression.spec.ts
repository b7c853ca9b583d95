import { describe, expect, it } from '@jest/globals';
import { bare, textsOf } from '../testing.js';
import { wrongExpression } from './wrong-expression.js';

/** Source, and what it should be. */
const FIXES: readonly (readonly [what: string, from: string, to: string])[] = [
  [
    'an expression of the function (HumanEvalFix JavaScript/50)',
    `const f = (ch) => (ch.charCodeAt(0) - "a".charCodeAt(0)) % 26 + ch.charCodeAt(0);`,
    `const f = (ch) => (ch.charCodeAt(0) - "a".charCodeAt(0)) % 26 + "a".charCodeAt(0);`,
  ],
  [
    'an element for its list (HumanEvalFix JavaScript/73)',
    `const f = (arr) => { let ans = 0; for (let i = 0; i < arr.length / 2; i++) if (ans != arr.at(-i - 1)) ans++; return ans; };`,
    `const f = (arr) => { let ans = 0; for (let i = 0; i < arr.length / 2; i++) if (arr[i] != arr.at(-i - 1)) ans++; return ans; };`,
  ],
];

describe('wrong-expression', () => {
  it.each(FIXES)('mends %s', (_, from, to) => {
    expect(textsOf(wrongExpression, from).map(bare)).toContain(bare(to));
  });

  it('does not take what is not in scope', () => {
    expect(
      textsOf(wrongExpression, `function f() { g((x) => h(x.a)); return k(1 + 2, b); }`).filter((text) => text.includes(`k(x.a`)),
    ).toEqual([]);
  });
});
