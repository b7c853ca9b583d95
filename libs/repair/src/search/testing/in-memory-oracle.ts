import type { Oracle, Patch, TestResult, TestRun } from '../../oracle/oracle.js';
import type { Candidate } from '../candidate.js';

/** A sum without brackets, left to right: `2 + 3 * 4` is 20. Undefined when it is none. */
export function evaluated(sum: string): number | undefined {
  const words = sum.trim().split(/\s+/);
  let value = Number(words[0]);
  for (let i = 1; i < words.length; i += 2) {
    const right = Number(words[i + 1]);
    switch (words[i]) {
      case '+':
        value += right;
        break;
      case '-':
        value -= right;
        break;
      case '*':
        value *= right;
        break;
      default:
        return undefined;
    }
  }
  return Number.isFinite(value) ? value : undefined;
}

export interface MemoryOracle extends Oracle {
  /** Of each run in order of start: the text of `sums.txt`, and whether it was to stop at the first failure. */
  readonly runs: readonly { readonly text: string; readonly stopAtFirstFailure: boolean | undefined }[];
  /** How many runs there were at once at most. */
  readonly most: () => number;
}

/**
 * Tests a file of sums, one in each line: the test `n` passes when line n comes to `wanted[n]`. A line that is no sum
 * ends the run without a word about any test, `loop` is a run that ends by the signal alone.
 */
export function memoryOracle(base: string, wanted: readonly number[], { width = 2, ms = 1, turns = 1 } = {}): MemoryOracle {
  const runs: { text: string; stopAtFirstFailure: boolean | undefined }[] = [];
  let running = 0;
  let most = 0;
  const runOf = (text: string): TestRun => {
    const values = text.split('\n').map(evaluated);
    if (values.includes(undefined)) return { outcome: 'crashed', tests: [], ms };
    const tests = wanted.map((value, n): TestResult => {
      const got = values[n];
      if (got === value) return { id: `${n}`, state: 'passed' };
      return { id: `${n}`, state: 'failed', error: { name: 'AssertionError', message: `${got} is not ${value}`, stack: '' } };
    });
    return { outcome: tests.every(({ state }) => state === 'passed') ? 'passed' : 'failed', tests, ms };
  };
  return {
    name: 'memory',
    width,
    base: runOf(base),
    coverage: [],
    unstable: [],
    runs,
    most: () => most,
    run: async (patch: Patch, { signal, stopAtFirstFailure }) => {
      signal.throwIfAborted();
      const text = patch.get('sums.txt') ?? base;
      runs.push({ text, stopAtFirstFailure });
      most = Math.max(most, ++running);
      try {
        if (text.includes('loop')) await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
        for (let i = 0; i < turns; i++) await Promise.resolve();
        signal.throwIfAborted();
        return runOf(text);
      } finally {
        running--;
      }
    },
    close: async () => undefined,
  };
}

/** A candidate that makes `sums.txt` this text. */
export const sumsCandidate = (text: string, more: Partial<Candidate> = {}): Candidate => ({
  patch: new Map([['sums.txt', text]]),
  origin: 'playbook',
  template: 't',
  summary: text,
  path: 'sums.txt',
  line: 1,
  prior: 0.5,
  size: 1,
  ...more,
});
