import { describe, expect, it } from '@jest/globals';
import type { Oracle } from '../oracle/oracle.js';
import type { Candidate } from './candidate.js';
import { memoryOracle, sumsCandidate } from './testing/in-memory-oracle.js';
import { newLedger, type Tried, type Trying, tryAll } from './try-all.js';

const BASE = '1 - 2\n3 - 4\n5 + 6';
const WANTED = [3, 7, 11];
const FIXED = '1 + 2\n3 + 4\n5 + 6';

const tryTexts = async (texts: Iterable<string | Candidate>, more: Partial<Trying> & { oracle?: Oracle } = {}) => {
  const oracle = memoryOracle(BASE, WANTED);
  const ledger = newLedger();
  const heard: Tried[] = [];
  const candidates = (function* () {
    for (const text of texts) yield typeof text === 'string' ? sumsCandidate(text) : text;
  })();
  await tryAll(candidates, {
    oracle,
    ledger,
    signal: new AbortController().signal,
    stopAtFirstFailure: true,
    enough: () => false,
    onTried: (tried) => heard.push(tried),
    ...more,
  });
  return { oracle, ledger, heard };
};
const textOf = ({ candidate }: Tried) => candidate.summary;

describe('trying candidates', () => {
  it('runs them in order and tells of each what its run says', async () => {
    const { oracle, ledger, heard } = await tryTexts(['1 - 2\n3 + 4\n5 + 6', '1 - 3\n3 - 4\n5 + 6', 'x', '1 + 2\n3 - 4\n5 - 6', FIXED]);
    expect(oracle.runs.map(({ text }) => text)).toEqual(['1 - 2\n3 + 4\n5 + 6', '1 - 3\n3 - 4\n5 + 6', 'x', '1 + 2\n3 - 4\n5 - 6', FIXED]);
    expect(heard.sort((a, b) => a.order - b.order).map(({ verdict, order }) => [order, verdict])).toEqual([
      [0, 'better'],
      [1, 'other'],
      [2, 'no'],
      [3, 'no'],
      [4, 'plausible'],
    ]);
    expect(ledger.tried).toBe(5);
    expect(ledger.plausible.map(textOf)).toEqual([FIXED]);
    expect(ledger.better.map(textOf)).toEqual(['1 - 2\n3 + 4\n5 + 6']);
  });

  it.each([1, 3])('runs as many at once as the oracle is wide: %s', async (width) => {
    const oracle = memoryOracle(BASE, WANTED, { width, turns: 4 });
    await tryTexts(
      Array.from({ length: 12 }, (_, n) => `${n}`),
      { oracle },
    );
    expect(oracle.most()).toBe(width);
    expect(oracle.runs).toHaveLength(12);
  });

  it('tries no patch twice, in this search or one before it with the same ledger', async () => {
    const ledger = newLedger();
    const first = await tryTexts(['1', '2', '1', '2', '3'], { ledger });
    const second = await tryTexts(['3', '4'], { ledger });
    expect([...first.oracle.runs, ...second.oracle.runs].map(({ text }) => text)).toEqual(['1', '2', '3', '4']);
    expect(ledger.tried).toBe(4);
  });

  it('asks for no more candidates than it tries', async () => {
    let asked = 0;
    const endless = (function* () {
      for (;;) yield `${asked++}`;
    })();
    const { ledger } = await tryTexts(endless, { oracle: memoryOracle(BASE, WANTED, { width: 2 }), enough: () => asked >= 10 });
    expect(ledger.tried).toBe(asked);
    expect(asked).toBeLessThanOrEqual(11);
  });

  it('keeps the twelve best of those that mended something, most mended first', async () => {
    const one = Array.from({ length: 20 }, (_, n) => sumsCandidate(`1 + 2\n${n} - 50\n5 - 6`, { prior: n / 20 }));
    const oracle = memoryOracle('1 - 2\n3 - 4\n5 - 6', WANTED);
    const { ledger } = await tryTexts([...one, '1 + 2\n3 + 4\n5 - 6'], { oracle });
    expect(ledger.better).toHaveLength(12);
    expect(ledger.better.map(({ candidate }) => candidate.prior).slice(1)).toEqual(
      one
        .map(({ prior }) => prior)
        .reverse()
        .slice(0, 11),
    );
    expect(ledger.better[0]?.candidate.summary).toBe('1 + 2\n3 + 4\n5 - 6');
  });

  it('ends with the signal, in the middle of a run, and does not reject for it', async () => {
    const stop = new AbortController();
    const oracle = memoryOracle(BASE, WANTED);
    const searching = tryTexts(['loop', 'loop 2', FIXED], { oracle, signal: stop.signal });
    expect(oracle.runs).toHaveLength(2);
    stop.abort();
    const { ledger, heard } = await searching;
    expect(oracle.runs).toHaveLength(2);
    expect([heard, ledger.plausible]).toEqual([[], []]);
  });

  it('starts nothing when the signal has fired or enough is known', async () => {
    const done = await tryTexts([FIXED], { signal: AbortSignal.abort() });
    const known = await tryTexts([FIXED], { enough: () => true });
    expect([...done.oracle.runs, ...known.oracle.runs]).toEqual([]);
  });

  it('rejects for what is wrong with the oracle itself', async () => {
    const oracle = { ...memoryOracle(BASE, WANTED), run: () => Promise.reject(new Error('the pool is gone')) };
    await expect(tryTexts([FIXED], { oracle })).rejects.toThrow('the pool is gone');
  });
});
