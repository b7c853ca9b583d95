import { describe, expect, it } from '@jest/globals';
import { covers, executedStretches, union } from './paint.js';

const fn = (...ranges: [number, number, number][]) => ({
  ranges: ranges.map(([startOffset, endOffset, count]) => ({ startOffset, endOffset, count })),
});

describe('executedStretches', () => {
  it('cuts out what never ran, whoever says so: a block or a function inside', () => {
    expect(executedStretches([fn([0, 100, 1]), fn([20, 40, 0]), fn([50, 90, 3], [60, 70, 0])])).toEqual([
      [0, 20],
      [40, 60],
      [70, 100],
    ]);
  });
  it('takes a block that ran inside of a branch that is told apart', () => {
    expect(executedStretches([fn([0, 50, 1], [10, 40, 0], [20, 30, 2])])).toEqual([
      [0, 10],
      [20, 30],
      [40, 50],
    ]);
  });
  it('finds nothing in a script that never ran, and in none', () => {
    expect([executedStretches([fn([0, 9, 0])]), executedStretches([])]).toEqual([[], []]);
  });
});

describe('union and covers', () => {
  it('joins what touches and leaves out what is empty', () => {
    expect(
      union([
        [5, 9],
        [0, 3],
        [3, 4],
        [7, 12],
        [20, 20],
      ]),
    ).toEqual([
      [0, 4],
      [5, 12],
    ]);
  });
  it('does not count the end in', () => {
    expect(
      [0, 3, 4, 5, 11, 12].map((offset) =>
        covers(
          [
            [0, 4],
            [5, 12],
          ],
          offset,
        ),
      ),
    ).toEqual([true, true, false, true, true, false]);
  });
});
