import { describe, expect, it } from '@jest/globals';
import { type RankedMutation, SourceFile } from '@selfheal/engine';
import type { FixProgress } from '../report.js';
import type { Candidate } from './candidate.js';
import { type Exploring, explore } from './explore.js';
import { type MemoryOracle, memoryOracle, sumsCandidate } from './testing/in-memory-oracle.js';

const BASE = '1 - 2\n3 - 4\n5 + 6';
const WANTED = [3, 7, 11];
const file = new SourceFile('sums.txt', BASE);
/** Every operator by every other, the first places first. */
const singles: RankedMutation[] = [...BASE.matchAll(/[-+]/g)].flatMap(({ index, 0: was }, place) =>
  ['*', '-', '+']
    .filter((now) => now !== was)
    .map((now, n) => ({
      operator: 'wrong-operator',
      summary: `${now} for ${was} in ${place}`,
      path: 'sums.txt',
      edits: [{ start: index, end: index + 1, text: now }],
      node: file.program,
      weight: 1,
      score: 0.9 - place * 0.2 - n * 0.05,
    })),
);
const mutations = (): ReturnType<Exploring['mutations']> => ({ singles, files: new Map([[file.path, file]]), repeat: () => [] });

const search = async (oracle: MemoryOracle, codemods: readonly Candidate[] = [], more: Partial<Exploring> = {}) => {
  const told: FixProgress[] = [];
  let clock = 0;
  const ledger = await explore({
    oracle,
    codemods,
    mutations,
    signal: new AbortController().signal,
    onProgress: (event) => told.push(event),
    now: () => (clock += 10),
    ...more,
  });
  return { ledger, told, texts: oracle.runs.map(({ text }) => text) };
};

describe('the search', () => {
  it('needs no mutations when a codemod passes, and tries the other codemods too', async () => {
    const codemods = ['x', '1 + 2\n3 + 4\n5 + 6', '1 + 2\n3 + 4\n5 + 6 + 0'].map((text) => ({ ...sumsCandidate(text), prior: 0.9 }));
    const mutating = () => {
      throw new Error('not asked for');
    };
    const { ledger, texts } = await search(memoryOracle(BASE, WANTED), codemods, { mutations: mutating });
    expect(texts).toEqual(codemods.map(({ summary }) => summary));
    expect(ledger.plausible).toHaveLength(2);
  });

  it('goes on to mutations when no codemod passes, and tries nothing again', async () => {
    const codemods = [sumsCandidate('1 + 2\n3 - 4\n5 + 6'), sumsCandidate('x')];
    const oracle = memoryOracle('1 - 2\n3 - 4\n5 + 6', [3, -1, 11]);
    const { texts } = await search(oracle, [sumsCandidate('x')]);
    expect(texts[0]).toBe('x');
    expect(texts).toContain('1 + 2\n3 - 4\n5 + 6');
    const again = await search(memoryOracle(BASE, WANTED), codemods);
    expect(again.texts.filter((text) => text === codemods[0]?.summary)).toHaveLength(1);
  });

  it('finds two edits: what mended one test is the seed of pairs, tried before worse single edits', async () => {
    const { ledger, texts } = await search(memoryOracle(BASE, WANTED, { width: 1 }));
    expect(ledger.plausible[0]?.candidate).toMatchObject({ origin: 'pair', patch: new Map([['sums.txt', '1 + 2\n3 + 4\n5 + 6']]) });
    expect(texts.indexOf('1 + 2\n3 + 4\n5 + 6')).toBeLessThan(texts.indexOf('1 - 2\n3 - 4\n5 - 6'));
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('finds three', async () => {
    const { ledger } = await search(memoryOracle('1 - 2\n3 - 4\n5 - 6', WANTED), [], {
      mutations: () => {
        const text = '1 - 2\n3 - 4\n5 - 6';
        const source = new SourceFile('sums.txt', text);
        const all = [2, 8, 14].map((start) => ({ ...(singles[0] as RankedMutation), edits: [{ start, end: start + 1, text: '+' }] }));
        return { singles: all, files: new Map([[source.path, source]]), repeat: () => [] };
      },
    });
    expect(ledger.plausible[0]?.candidate.mutations).toHaveLength(3);
  });

  it('looks on for a while after the first that passes, then stops', async () => {
    const many = Array.from({ length: 2000 }, (_, n) => ({
      ...(singles[0] as RankedMutation),
      edits: [{ start: 0, end: 5, text: n === 20 ? '1 + 2' : `${n + 50}` }],
      score: 0.5,
    }));
    const given = { mutations: () => ({ ...mutations(), singles: many }) };
    const oracle = memoryOracle('1 - 2', [3], { width: 1 });
    const { ledger } = await search(oracle, [], given);
    expect(ledger.plausible).toHaveLength(1);
    // 2.5 s of a clock that is asked some times for each candidate, 10 ms each time.
    expect(ledger.tried).toBeGreaterThan(40);
    expect(ledger.tried).toBeLessThan(400);
  });

  it('stops when so many pass that more would not tell more', async () => {
    const passing = Array.from({ length: 500 }, (_, n) => ({
      ...(singles[0] as RankedMutation),
      edits: [{ start: 0, end: 5, text: `3 + ${n} - ${n}` }],
      score: 0.5,
    }));
    const { ledger } = await search(memoryOracle('1 - 2', [3], { width: 1 }), [], {
      mutations: () => ({ ...mutations(), singles: passing }),
      now: () => 0,
    });
    expect(ledger.plausible).toHaveLength(60);
  });

  it('ends with the signal and gives what is known', async () => {
    const stop = new AbortController();
    const onProgress = (event: FixProgress) => event.stage === 'plausible' && stop.abort();
    const { ledger, texts } = await search(memoryOracle(BASE, [3, -1, 11], { width: 1 }), [], { signal: stop.signal, onProgress });
    expect(ledger.plausible).toHaveLength(1);
    expect(texts.at(-1)).toBe('1 + 2\n3 - 4\n5 + 6');
  });

  it('tells what passes at once and how far it is now and then', async () => {
    const { told } = await search(memoryOracle(BASE, [3, -1, 11]), [sumsCandidate('x')]);
    expect(told.filter(({ stage }) => stage === 'plausible')).toHaveLength(1);
    const searching = told.filter((event) => event.stage === 'searching');
    expect(searching.length).toBeGreaterThan(0);
    for (const [i, event] of searching.entries())
      if (i > 0) expect(event.elapsedMs - (searching[i - 1]?.elapsedMs ?? 0)).toBeGreaterThanOrEqual(200);
  });

  it.each([
    [10, false],
    [1000, true],
  ])('runs a test of %s ms to its end or to its first failure', async (ms, stops) => {
    const oracle = memoryOracle(BASE, WANTED, { ms });
    await search(oracle);
    expect(new Set(oracle.runs.map(({ stopAtFirstFailure }) => stopAtFirstFailure))).toEqual(new Set([stops]));
  });
});
