import { describe, expect, it } from '@jest/globals';
import { bare, textsOf } from '../testing.js';
import { swapBranches } from './swap-branches.js';

describe('swap-branches', () => {
  it('swaps if and else (async, SWE-smith ctrl_invert_if)', () => {
    expect(
      textsOf(
        swapBranches,
        `if (insertAtFront) {
  q._tasks.push(item);
} else {
  q._tasks.unshift(item);
}`,
      ).map(bare),
    ).toContain(
      bare(`if (insertAtFront) {
  q._tasks.unshift(item);
} else {
  q._tasks.push(item);
}`),
    );
  });

  it('swaps a ternary (dayjs issue 1954)', () => {
    expect(textsOf(swapBranches, `const meridiem = (hour) => (hour > 12 ? 'am' : 'pm');`).map(bare)).toContain(
      bare(`const meridiem = (hour) => (hour > 12 ? 'pm' : 'am');`),
    );
  });

  it('swaps an early return with the return after it (HumanEvalFix JavaScript/57)', () => {
    expect(
      textsOf(
        swapBranches,
        `function f(a, b) {
  if (a === b)
    return false;
  return true;
}`,
      ).map(bare),
    ).toContain(
      bare(`function f(a, b) {
  if (a === b)
    return true;
  return false;
}`),
    );
  });

  it('swaps bodies along an else-if chain', () => {
    expect(textsOf(swapBranches, `if (a) one(); else if (b) two(); else three();`).map(bare)).toContain(
      bare(`if (a) three(); else if (b) two(); else one();`),
    );
  });
});
