import { describe, expect, it } from '@jest/globals';
import { bare, textsOf } from '../testing.js';
import { missingOperand } from './missing-operand.js';

/** Source, and what it should be. */
const FIXES: readonly (readonly [what: string, from: string, to: string])[] = [
  [
    'what a typeof is compared with (async, SWE-smith op_break_chains)',
    `if (cb != null && typeof cb) f();`,
    `if (cb != null && typeof cb !== 'function') f();`,
  ],
  [
    'a condition of the function (ManySStuBs4J more specific if)',
    `function f(a, b) { if (b === null) return; if (a > 1) g(); }`,
    `function f(a, b) { if (b === null) return; if (a > 1 || b === null) g(); }`,
  ],
  ['a ! in front of an operand', `if (done && busy) f();`, `if (done && !busy) f();`],
  [
    'a - in front of an argument (HumanEvalFix JavaScript/65 has one)',
    `const f = (s, shift) => { shift--; return s.slice(shift); };`,
    `const f = (s, shift) => { shift--; return s.slice(-shift); };`,
  ],
];

describe('missing-operand', () => {
  it.each(FIXES)('mends %s', (_, from, to) => {
    expect(textsOf(missingOperand, from).map(bare)).toContain(bare(to));
  });
});
