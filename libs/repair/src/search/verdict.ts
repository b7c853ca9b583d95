import type { TestRun } from '../oracle/oracle.js';

/**
 * What a candidate's run says against the base's. `plausible`: the command would pass. `better`: fewer tests fail and
 * none that passed was lost. `other`: not better, but what fails fails differently or gets further. `no`: anything else.
 */
export type Verdict = 'plausible' | 'better' | 'other' | 'no';

/** Compares a candidate's run with the base's. Pure. */
export function verdictOf(base: TestRun, run: TestRun): Verdict {
  if (run.outcome === 'passed') return 'plausible';
  if (run.outcome !== 'failed' || run.tests.length === 0) return 'no';
  const states = new Map(run.tests.map(({ id, state }) => [id, state]));
  const failing = base.tests.filter(({ state }) => state === 'failed');
  const kept = base.tests.every(({ id, state }) => state !== 'passed' || states.get(id) !== 'failed');
  if (!kept || run.tests.some(({ id, state }) => state === 'failed' && !base.tests.some((test) => test.id === id))) return 'no';
  if (failing.some(({ id }) => states.get(id) === 'passed')) return 'better';
  const errors = new Map(failing.map(({ id, error }) => [id, error]));
  return run.tests.some(({ id, state, error }) => state === 'failed' && error && differs(errors.get(id), error)) ? 'other' : 'no';
}

/** Tests that fail on the base and pass now. */
export const mendedBy = (base: TestRun, run: TestRun): number => {
  const passed = new Set(run.tests.filter(({ state }) => state === 'passed').map(({ id }) => id));
  return base.tests.filter(({ id, state }) => state === 'failed' && passed.has(id)).length;
};

const differs = (a: { name: string; message: string } | undefined, b: { name: string; message: string }): boolean =>
  a !== undefined && (a.name !== b.name || a.message !== b.message);
