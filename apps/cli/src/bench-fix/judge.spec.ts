import { describe, expect, it } from '@jest/globals';
import { judge, type Seen } from './judge.js';

const seen = (over: Partial<Seen>): Seen => ({ exitCode: 0, status: 'healed', changed: true, passes: true, ...over });

describe('judging a heal', () => {
  it.each<[Partial<Seen>, string]>([
    [{}, 'correct'],
    [{ passes: false }, 'wrong'],
    [{ exitCode: 1, status: 'not_healed', changed: false, passes: undefined }, 'abstained'],
    // Promises of the command line that it must keep.
    [{ exitCode: 1, status: 'not_healed', changed: true, passes: undefined }, 'error'],
    [{ exitCode: 1, status: 'not_healed', reason: 'internal', changed: false, passes: undefined }, 'error'],
    [{ changed: false }, 'error'],
    [{ exitCode: 1 }, 'error'],
    [{ exitCode: null }, 'error'],
    [{ exitCode: 1, status: undefined }, 'error'],
    [{ status: 'passes_already', changed: false, passes: undefined }, 'error'],
  ])('%j is %s', (over, status) => {
    expect(judge(seen(over)).status).toBe(status);
  });

  it('says what is wrong with an error', () => {
    expect(judge(seen({ exitCode: null })).problem).toMatch(/killed/);
  });
});
