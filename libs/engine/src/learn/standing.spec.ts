import { describe, expect, it } from '@jest/globals';
import { standing, tempered } from './standing.js';

describe('a standing', () => {
  it('is 1 where nothing is known, rises with successes, falls with failures, between half and double', () => {
    expect(standing(undefined)).toBe(1);
    expect(standing({ proven: 1, failed: 0 })).toBeCloseTo(1.2);
    expect(standing({ proven: 0, failed: 1 })).toBeCloseTo(0.8);
    expect(standing({ proven: 0, failed: 1000 })).toBe(0.5);
    expect(standing({ proven: 1e6, failed: 0 })).toBeCloseTo(2);
  });
});

describe('a confidence in its light', () => {
  it('stays one, and keeps the order of what is known', () => {
    expect(tempered(0.8, 1)).toBe(0.8);
    expect(tempered(0.8, 0.5)).toBe(0.4);
    expect(tempered(0.8, 2)).toBeCloseTo(0.9);
    expect(tempered(1, 2)).toBe(1);
  });
});
