import type { Candidate, SourceSnapshot } from '@selfheal/contracts';
import { makeCandidate } from '@selfheal/engine';
import type { Proposal } from './playbook.js';

/** A guardrail tries each with a replay: more than this would cost more time than it is worth. */
export const MAX_CANDIDATES = 20;

/**
 * Proposals as candidates: best first (of equal score the smaller), each diff once, those that change nothing or do not
 * parse dropped, those in `rejected` skipped, at most {@link MAX_CANDIDATES}.
 */
export function candidatesOf(
  proposals: readonly Proposal[],
  sources: SourceSnapshot,
  rejected: ReadonlySet<string> = new Set(),
): Candidate[] {
  const byDigest = new Map<string, Candidate>();
  const ordered = [...proposals].sort((a, b) => b.score - a.score);
  let least = Number.POSITIVE_INFINITY;
  for (const proposal of ordered) {
    // Making a candidate parses its files: no more of them than may be kept, equals of the last one included.
    const score = Math.min(1, proposal.score);
    if (byDigest.size >= 3 * MAX_CANDIDATES || (byDigest.size >= MAX_CANDIDATES && score < least)) break;
    const candidate = makeCandidate(proposal, sources);
    if (!candidate || rejected.has(candidate.digest) || byDigest.has(candidate.digest)) continue;
    byDigest.set(candidate.digest, candidate);
    least = score;
  }
  return [...byDigest.values()].sort((a, b) => b.score - a.score || a.loc - b.loc).slice(0, MAX_CANDIDATES);
}
