import type { CaseStatus } from './case.js';

/** What the bench saw of one heal. */
export interface Seen {
  /** Exit code of `selfheal fix`; null when it had to be killed. */
  readonly exitCode: number | null;
  /** What it said, when it said anything. */
  readonly status: string | undefined;
  /** Its word for why there is no patch. */
  readonly reason?: string | null | undefined;
  /** Whether the work tree differs from the checkout. */
  readonly changed: boolean;
  /** Whether the judging tests pass; undefined when they were not run. */
  readonly passes: boolean | undefined;
}

/**
 * Correct: healed, and the judging tests pass. Wrong: healed, and they fail. Abstained: it said that it did not heal, and
 * left the work tree alone. Anything else breaks a promise of the command line and is an error, with what it was. Pure.
 */
export function judge({ exitCode, status, reason, changed, passes }: Seen): { readonly status: CaseStatus; readonly problem?: string } {
  if (exitCode === null) return { status: 'error', problem: 'did not end in time and was killed' };
  if (status === undefined) return { status: 'error', problem: `exit code ${exitCode} without a report` };
  if (status === 'healed' && exitCode === 0) {
    if (!changed) return { status: 'error', problem: 'says healed, but the work tree is untouched' };
    return { status: passes ? 'correct' : 'wrong' };
  }
  if (reason === 'internal') return { status: 'error', problem: 'selfheal itself failed' };
  if (status === 'not_healed' && exitCode === 1) {
    return changed ? { status: 'error', problem: 'says not healed, but the work tree was changed' } : { status: 'abstained' };
  }
  if (status === 'passes_already') return { status: 'error', problem: 'the command of the case does not fail' };
  return { status: 'error', problem: `says ${status} with exit code ${exitCode}` };
}
