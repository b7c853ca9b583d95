import { describe, expect, it } from '@jest/globals';
import type { FixProgress } from '../report.js';
import type { Ranked } from './choose.js';
import { MIN_CONFIDENCE } from './confidence.js';
import { type Proving, prove } from './prove.js';

const BASE = 'export const a = 1 - 2;\n';
const RIGHT = 'export const a = 1 + 2;\n';
const ranked = (text: string, confidence = 0.9, path = 'a.js'): Ranked => ({
  candidate: {
    patch: new Map([[path, text]]),
    origin: 'mutation',
    template: 'wrong-operator',
    summary: text.trim(),
    path,
    line: 1,
    prior: 0.5,
    size: 2,
  },
  verdict: 'plausible',
  run: { outcome: 'passed', tests: [], ms: 1 },
  order: 0,
  confidence,
});
const proving = async (candidates: readonly Ranked[], more: Partial<Proving> = {}) => {
  const told: FixProgress[] = [];
  const run: string[] = [];
  const proven = await prove({
    ranked: candidates,
    maxAttempts: 5,
    base: new Map([['a.js', BASE]]),
    editable: (path) => path === 'a.js',
    command: async (patch) => {
      run.push(patch.get('a.js') ?? '');
      return { passed: patch.get('a.js') === RIGHT, how: 'exit code 1' };
    },
    regressions: async () => [],
    onProgress: (event) => told.push(event),
    signal: new AbortController().signal,
    ...more,
  });
  return { proven, told, run, outcomes: proven.attempts.map(({ outcome }) => outcome) };
};

describe('the proof', () => {
  it('is the command in a fresh process: the first that it passes with wins', async () => {
    const { proven, told, run } = await proving([ranked('export const a = 3;\n'), ranked(RIGHT), ranked('export const a = 2 + 1;\n')]);
    expect(run).toEqual(['export const a = 3;\n', RIGHT]);
    expect(proven.winner?.diff).toContain('+export const a = 1 + 2;');
    expect(proven.winner?.files).toEqual([{ path: 'a.js', before: BASE, after: RIGHT }]);
    expect(proven.attempts).toMatchObject([
      { outcome: 'failed', diff_stat: '+1 -1', reason: expect.stringContaining('exit code 1') },
      { outcome: 'proven', diff_stat: '+1 -1', reason: '' },
    ]);
    expect(told.map((event) => (event.stage === 'proving' ? `${event.stage} ${event.attempt}/${event.of}` : event.stage))).toEqual([
      'proving 1/5',
      'rejected',
      'proving 2/5',
      'proven',
    ]);
  });

  it('does not take what breaks tests that the command does not run', async () => {
    const other = 'export const a = 2 + 1;\n';
    const regressions = async (patch: ReadonlyMap<string, string>) => (patch.get('a.js') === RIGHT ? ['b.test.js > keeps', 'c'] : []);
    const { proven } = await proving([ranked(RIGHT), ranked(other)], { regressions, command: async () => ({ passed: true, how: '' }) });
    expect(proven.winner?.files[0]?.after).toBe(other);
    expect(proven.attempts).toMatchObject([
      { outcome: 'failed', reason: 'breaks tests that the command does not run: b.test.js > keeps, c' },
      { outcome: 'proven' },
    ]);
  });

  it('runs nothing that breaks a guardrail', async () => {
    const { proven, run } = await proving([
      ranked(`${RIGHT}eval('a');\n`),
      ranked(RIGHT, 0.9, 'test/a.js'),
      ranked('export const a = ;\n'),
      ranked(RIGHT),
    ]);
    expect(run).toEqual([RIGHT]);
    expect(proven.attempts).toMatchObject([
      { outcome: 'rejected', reason: expect.stringMatching(/^no_dangerous_ops: .*eval/) },
      { outcome: 'rejected', reason: 'test/a.js may not be edited' },
      { outcome: 'rejected', reason: expect.stringMatching(/^syntax/) },
      { outcome: 'proven' },
    ]);
  });

  it('is not asked for a guess', async () => {
    const { proven, run, outcomes } = await proving([ranked(RIGHT, MIN_CONFIDENCE - 0.01)]);
    expect(run).toEqual([]);
    expect(proven).toMatchObject({ doubtful: 1 });
    expect(proven.winner).toBeUndefined();
    expect(outcomes).toEqual(['not_chosen']);
    expect((await proving([ranked(RIGHT, MIN_CONFIDENCE)])).proven.winner).toBeDefined();
  });

  it('is tried so often and no more; what is not run does not count', async () => {
    const wrong = Array.from({ length: 6 }, (_, n) => ranked(`export const a = ${n};\n`));
    const { run, outcomes, proven } = await proving([ranked('const ;\n'), ranked('export const b = 1;\n', 0.1), ...wrong, ranked(RIGHT)], {
      maxAttempts: 2,
    });
    expect(run).toHaveLength(2);
    expect(outcomes).toEqual(['rejected', 'not_chosen', 'failed', 'failed']);
    expect(proven.winner).toBeUndefined();
  });

  it('stops with the signal', async () => {
    const stop = new AbortController();
    const { run } = await proving([ranked('export const a = 3;\n'), ranked(RIGHT)], {
      signal: stop.signal,
      command: async () => {
        stop.abort();
        return { passed: false, how: 'exit code 1' };
      },
    });
    expect(run).toEqual([]);
    expect((await proving([ranked(RIGHT)], { signal: AbortSignal.abort() })).run).toEqual([]);
  });

  it('has nothing to say of nothing', async () => {
    expect((await proving([])).proven).toEqual({ attempts: [], doubtful: 0 });
  });
});
