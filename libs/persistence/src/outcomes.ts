import type { Candidate, Judged, StoredEvent } from '@selfheal/contracts';

/** What became of a patch that somebody decided about. */
export type CandidateEnd = 'healed' | 'rejected' | 'denied' | 'not_verified' | 'rolled_back';

export interface CandidateOutcome {
  readonly traceId: string;
  readonly target: string;
  readonly fingerprint: string;
  readonly playbook: string;
  readonly candidate: Candidate;
  readonly end: CandidateEnd;
  /** When that was known, ISO 8601. */
  readonly at: string;
}

/**
 * What became of each patch of a heal: the last thing that is known of it. Patches that nobody decided about are not in it, nor are
 * those whose failure could not be reproduced, which says nothing of the patch. Pure.
 *
 * @param events of one heal, in stream order
 */
export function outcomesOf(events: readonly StoredEvent[]): CandidateOutcome[] {
  const started = events.find(({ event }) => event.type === 'HEALING_STARTED')?.event;
  if (started?.type !== 'HEALING_STARTED') return [];
  const playbooks = new Map<number, string>();
  const candidates = new Map<string, Candidate>();
  const passed = new Map<number, string>();
  const ends = new Map<string, CandidateOutcome>();
  for (const { event, at } of events) {
    const { attempt } = event.payload;
    const settle = (digest: string | undefined, end: CandidateEnd) => {
      const candidate = digest === undefined ? undefined : candidates.get(digest);
      const { target, fingerprint } = started.payload;
      const playbook = playbooks.get(attempt) ?? '';
      if (candidate) ends.set(candidate.digest, { traceId: event.trace_id, target, fingerprint, playbook, candidate, end, at });
    };
    const reject = (judged: readonly Judged[]) => {
      for (const { candidate, proof } of judged) if (proof?.reproduced !== false) settle(candidate, 'rejected');
    };
    switch (event.type) {
      case 'RCA_READY':
        playbooks.set(attempt, event.payload.playbook);
        break;
      case 'MORPH_APPLY_SUCCEEDED':
        for (const one of event.payload.candidates) candidates.set(one.digest, one);
        break;
      case 'GUARDRAIL_PASSED':
        candidates.set(event.payload.candidate.digest, event.payload.candidate);
        passed.set(attempt, event.payload.candidate.digest);
        reject(event.payload.rejected);
        break;
      case 'GUARDRAIL_REJECTED':
        reject(event.payload.rejected);
        break;
      case 'APPROVAL_DENIED':
        settle(passed.get(attempt), 'denied');
        break;
      case 'VERIFY_REPLAY_FAIL':
        settle(passed.get(attempt), 'not_verified');
        break;
      case 'ROLLBACK_DONE':
        settle(passed.get(attempt), 'rolled_back');
        break;
      case 'HEALED':
        settle(passed.get(attempt), 'healed');
        break;
    }
  }
  return [...ends.values()];
}
