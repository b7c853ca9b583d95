import type { TestRun } from './oracle.js';

const statesOf = (run: TestRun): Map<string, string> => new Map(run.tests.map(({ id, state }) => [id, state]));

/** Why two runs of the same sources do not say the same of the tests that both name; nothing when they agree. */
export function disagreement(one: TestRun, other: TestRun): string | undefined {
  if ((one.outcome === 'passed') !== (other.outcome === 'passed')) return `one run ${said(one)}, the other ${said(other)}`;
  const states = statesOf(other);
  for (const { id, state } of one.tests) {
    const there = states.get(id);
    if (there !== undefined && (there === 'failed') !== (state === 'failed')) return `${id} ${state} in one run and ${there} in the other`;
  }
  return undefined;
}

/**
 * Tests that two runs of the same sources end differently, when that may be put up with: both runs fail, and some test
 * fails in both. What a failing test leaves behind (a late exception, a server) is then held against others.
 */
export function differing(one: TestRun, other: TestRun): string[] | undefined {
  if (one.outcome !== 'failed' || other.outcome !== 'failed') return undefined;
  const states = statesOf(other);
  const failed = one.tests.filter(({ state }) => state === 'failed');
  if (!failed.some(({ id }) => states.get(id) === 'failed')) return undefined;
  return one.tests.filter(({ id, state }) => states.has(id) && (states.get(id) === 'failed') !== (state === 'failed')).map(({ id }) => id);
}

/** Whether both name the same tests with the same results. */
export const isSame = (one: TestRun, other: TestRun): boolean =>
  one.tests.length === other.tests.length && disagreement(one, other) === undefined && one.tests.every(({ id }) => statesOf(other).has(id));

const said = (run: TestRun): string => (run.outcome === 'passed' ? 'passed' : `ended with ${run.outcome}`);
