import { describe, expect, it } from '@jest/globals';
import { bare, textsOf } from '../testing.js';
import { excessOperand } from './excess-operand.js';

/** Source, and what it should be. */
const FIXES: readonly (readonly [what: string, from: string, to: string])[] = [
  [
    'a condition too many (HumanEvalFix JavaScript/138)',
    `const f = (n) => n >= 8 && n <= 8 && n % 2 == 0;`,
    `const f = (n) => n >= 8 && n % 2 == 0;`,
  ],
  ['an operand inside a sum (HumanEvalFix JavaScript/130)', `p.push(a + b + 1 + i + (i + 1) / 2);`, `p.push(a + b + 1 + (i + 1) / 2);`],
  ['a factor (HumanEvalFix JavaScript/131)', `p *= p * y;`, `p *= y;`],
  ['one that binds looser than what follows (MdEval JavaScript/10)', `f(n + "string" % 4 !== 0);`, `f(n % 4 !== 0);`],
  ['a needless ! (BugsJS express-8 simplifies a condition)', `if (!a) f();`, `if (a) f();`],
];

describe('excess-operand', () => {
  it.each(FIXES)('mends %s', (_, from, to) => {
    expect(textsOf(excessOperand, from).map(bare)).toContain(bare(to));
  });
});
