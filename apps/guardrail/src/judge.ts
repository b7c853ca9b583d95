/** Which candidate is judged, in which order, and which one wins. Pure. */
import type { Candidate, Judged, Proof, Verdict } from '@selfheal/contracts';

/** The candidates to judge, best first, each once, without those that were tried in an earlier attempt. */
export function order(candidates: readonly Candidate[], tried: readonly string[], limit: number): Candidate[] {
  const seen = new Set(tried);
  const fresh = candidates.filter(({ digest }) => !seen.has(digest) && seen.add(digest));
  return fresh.slice(0, limit);
}

/** Requests that passed on the base revision and do not on the patched one, or not with the same status. */
export const regressions = (proof: Proof): string[] =>
  proof.replays
    .filter(({ role, base, patched }) => base.passed && (!patched.passed || (role === 'good' && patched.status !== base.status)))
    .map(
      ({ base, patched }) =>
        `${patched.request.method} ${patched.request.path}: ${patched.reason || `status ${patched.status} instead of ${base.status}`}`,
    );

/**
 * Whether a candidate may go on: every check passed, and it is proven. When the failure could not be reproduced it may
 * still go to a human, as long as the failing request, if there is one, passes with it and nothing stopped working.
 */
export function mayGoOn(verdict: Verdict, proof: Proof | undefined): boolean {
  if (!verdict.passed || !proof) return false;
  if (proof.reproduced) return proof.proven;
  return regressions(proof).length === 0 && proof.replays.every(({ role, patched }) => role !== 'failing' || patched.passed);
}

/** Why a candidate did not go on, in one line. */
export function whyNot({ candidate, verdict, proof }: Judged): string {
  const name = candidate.slice(0, 8);
  const all = verdict.checks.filter((check) => !check.passed);
  const news = all.filter((check) => !NOT_REACHED.has(check.check));
  const failed = news.length > 0 ? news : all;
  if (failed.length > 0) return `${name}: ${failed.map((check) => `${check.check} (${check.reason})`).join('; ')}`;
  if (!proof) return `${name}: not proven`;
  const [regression] = regressions(proof);
  return `${name}: ${regression ? `breaks ${regression}` : proof.reason}`;
}
/** Checks that fail for every patch that another check kept out of the sandbox: news only when they fail alone. */
const NOT_REACHED: ReadonlySet<string> = new Set(['inverse', 'types']);

/** The code of a rejection: `not-proven` when a candidate got as far as the sandbox, else `policy`. */
export const rejectionCode = (rejected: readonly Judged[]): 'not-proven' | 'policy' =>
  rejected.some(({ proof }) => proof) ? 'not-proven' : 'policy';
