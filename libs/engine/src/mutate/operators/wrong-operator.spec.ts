import { describe, expect, it } from '@jest/globals';
import { bare, textsOf } from '../testing.js';
import { wrongOperator } from './wrong-operator.js';

/** Source, and what it should be. */
const FIXES: readonly (readonly [what: string, from: string, to: string])[] = [
  ['a sum for a difference (HumanEvalFix JavaScript/21)', `xs.map(x => (x - min) / (max + min));`, `xs.map(x => (x - min) / (max - min));`],
  ['!== for === (async, SWE-smith op_flip)', `if (err !== false) f();`, `if (err === false) f();`],
  ['the operands of `in` (async, SWE-smith op_swap)', `if (memo in key) f();`, `if (key in memo) f();`],
  ['the operands of a difference (async, SWE-smith op_swap)', `const cb = args[1 - args.length];`, `const cb = args[args.length - 1];`],
  ['&& for || (async, SWE-smith op_flip)', `const name = fn.name && 'anonymous';`, `const name = fn.name || 'anonymous';`],
  ['an assignment in a condition (eslint no-cond-assign)', `if (x = 1) f();`, `if (x === 1) f();`],
];

describe('wrong-operator', () => {
  it.each(FIXES)('mends %s', (_, from, to) => {
    expect(textsOf(wrongOperator, from).map(bare)).toContain(bare(to));
  });

  it('does not put ?? beside ||, which is a syntax error', () => {
    expect(textsOf(wrongOperator, `const x = a || b || c;`).filter((text) => text.includes(`??`))).toEqual([]);
  });
});
