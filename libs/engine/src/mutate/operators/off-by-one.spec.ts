import { describe, expect, it } from '@jest/globals';
import { bare, textsOf } from '../testing.js';
import { offByOne } from './off-by-one.js';

/** Source, and what it should be. */
const FIXES: readonly (readonly [what: string, from: string, to: string])[] = [
  ['a loop that goes too far (MdEval JavaScript/17)', `for (let i = 0; i <= n; ++i) f();`, `for (let i = 0; i < n; ++i) f();`],
  ['a start (HumanEvalFix JavaScript/115)', `for (let j = 1; j < n; j++) f();`, `for (let j = 0; j < n; j++) f();`],
  ['a factor (HumanEvalFix JavaScript/123)', `t = 2 * t + 1;`, `t = 3 * t + 1;`],
  [
    'a factor of a product, with its parentheses (HumanEvalFix JavaScript/60)',
    `const sum = (n) => n * n / 2;`,
    `const sum = (n) => n * (n + 1) / 2;`,
  ],
  [
    'a bound that is a difference (HumanEvalFix JavaScript/18)',
    `for (let i = 0; i < s.length - t.length; i++) f();`,
    `for (let i = 0; i < s.length - t.length + 1; i++) f();`,
  ],
  ['an index from the end (HumanEvalFix JavaScript/48)', `if (text[i] != text.at(-i)) f(i);`, `if (text[i] != text.at(-i - 1)) f(i);`],
  ['a needless 1 (HumanEvalFix JavaScript/67)', `return_(n - 1 - sum);`, `return_(n - sum);`],
  [
    'a missing 1 in a bound (async, SWE-smith op_break_chains)',
    `if (args.length < arity || cb == null) f(arity - 2);`,
    `if (args.length < arity - 1 || cb == null) f(arity - 2);`,
  ],
];

describe('off-by-one', () => {
  it.each(FIXES)('mends %s', (_, from, to) => {
    expect(textsOf(offByOne, from).map(bare)).toContain(bare(to));
  });

  it('does not divide by zero', () => {
    expect(textsOf(offByOne, `f(x % 1);`).filter((text) => text.includes(`% 0`))).toEqual([]);
  });

  it('leaves hexadecimal masks alone', () => {
    expect(textsOf(offByOne, `f(0xff & x);`).filter((text) => text.includes(`256`))).toEqual([]);
  });
});
