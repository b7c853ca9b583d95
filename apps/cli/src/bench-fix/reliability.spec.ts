import { describe, expect, it } from '@jest/globals';
import { diagram, reliabilityOf } from './reliability.js';

const judged = (confidence: number, ...correct: boolean[]) => correct.map((one) => ({ confidence, correct: one }));

describe('reliability', () => {
  it('puts a confidence on a bin border into the upper bin, and 1 into the last', () => {
    const { bins } = reliabilityOf([
      ...judged(0, true),
      ...judged(0.1, true),
      ...judged(0.7, true),
      ...judged(0.79, true),
      ...judged(1, true),
    ]);
    expect(bins.map(({ count }) => count)).toEqual([1, 1, 0, 0, 0, 0, 0, 2, 0, 1]);
  });

  it('has the mean confidence and the share correct of each bin, and nothing for an empty one', () => {
    const { bins } = reliabilityOf([...judged(0.8, true, true, true, false), ...judged(0.9, true)]);
    expect(bins[8]).toEqual({ from: 0.8, to: 0.9, count: 4, mean: 0.8, correct: 0.75 });
    expect(bins[0]).toMatchObject({ count: 0, mean: null, correct: null });
  });

  it('is zero error when confidence is what happens, and one when it is the opposite', () => {
    expect(reliabilityOf(judged(0.75, true, true, true, false)).ece).toBeCloseTo(0);
    expect(reliabilityOf([...judged(1, false), ...judged(0, true)])).toMatchObject({ ece: 1, brier: 1 });
    expect(reliabilityOf([...judged(0.5, true, false)]).brier).toBeCloseTo(0.25);
  });

  it('knows nothing of nothing', () => {
    expect(reliabilityOf([])).toMatchObject({ ece: null, brier: null });
    expect(diagram(reliabilityOf([]))).toEqual(['no patch, so no confidence to judge']);
  });

  it('draws a bar to the share correct, with a mark where it should end', () => {
    const [line] = diagram(reliabilityOf(judged(0.9, true, false)));
    expect(line).toBe(`0.9–1.0  ${'#'.repeat(15)}${' '.repeat(12)}|     says  90 %, is  50 %  (2)`);
  });
});
