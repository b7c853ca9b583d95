import { describe, expect, it } from '@jest/globals';
import { crashesInARow, restartDelay, STABLE_MS } from './backoff.js';

describe('restart after a crash', () => {
  it('waits twice as long each time, up to a limit', () => {
    expect([1, 2, 3, 4, 8, 1000].map(restartDelay)).toEqual([100, 200, 400, 800, 10_000, 10_000]);
  });

  it('counts crashes in a row and begins again after a worker that held', () => {
    expect(crashesInARow(3, 50)).toBe(4);
    expect(crashesInARow(3, STABLE_MS)).toBe(1);
  });
});
