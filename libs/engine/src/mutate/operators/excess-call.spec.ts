import { describe, expect, it } from '@jest/globals';
import { bare, textsOf } from '../testing.js';
import { excessCall } from './excess-call.js';

/** Source, and what it should be. */
const FIXES: readonly (readonly [what: string, from: string, to: string])[] = [
  [
    'a second replace (HumanEvalFix JavaScript/137)',
    `x = Number(a.replace(',', '.').replace('.', ','));`,
    `x = Number(a.replace(',', '.'));`,
  ],
  ['a rounding too many (dayjs issue 2377)', `seconds += Math.round(ms) / 1000;`, `seconds += ms / 1000;`],
];

describe('excess-call', () => {
  it.each(FIXES)('mends %s', (_, from, to) => {
    expect(textsOf(excessCall, from).map(bare)).toContain(bare(to));
  });

  it('does not take a class for a value', () => {
    expect(textsOf(excessCall, `const n = Math.max(1, 2);`).filter((text) => text.includes(`= Math;`))).toEqual([]);
  });
});
