/** What the detector remembers of an incident, and what it makes of the next failure with that fingerprint. Pure. */
import { z } from 'zod';

export const incident = z.object({
  trace_id: z.string(),
  target: z.string(),
  status: z.enum(['open', 'healed', 'escalated']),
  /** Stream sequence of the failure that opened it: redelivered, it opens the same heal again. */
  opened_seq: z.int(),
  opened_at: z.string(),
  ended_at: z.string().optional(),
  /** Failures counted into this heal. A redelivered failure may count twice. */
  occurrences: z.int(),
  /** Escalations in a row: each doubles the cool-down. */
  escalations: z.int(),
});
export type Incident = z.infer<typeof incident>;

export interface Sighting {
  readonly seq: number;
  /** When the broker stored it, ISO 8601. */
  readonly at: string;
  /** The trace that a heal opened by it has. */
  readonly trace_id: string;
  readonly target: string;
}

export interface DetectionPolicy {
  readonly recentlyHealedMs: number;
  readonly coolDownMs: number;
}

/** `opened`: this failure begins a heal. `repeat`: it is one more of an open one. `suppressed`: not now. */
export type Verdict = 'opened' | 'repeat' | 'suppressed';

/** Takes one failure into account. */
export function sight(known: Incident | undefined, seen: Sighting, policy: DetectionPolicy): { incident: Incident; verdict: Verdict } {
  if (!known) return opened(seen, 0);
  if (known.opened_seq === seen.seq) return { incident: known, verdict: known.status === 'open' ? 'opened' : 'suppressed' };
  const again = { ...known, occurrences: known.occurrences + 1 };
  if (known.status === 'open') return { incident: again, verdict: 'repeat' };
  const quietUntil = Date.parse(known.ended_at ?? known.opened_at) + quietMs(known, policy);
  if (Date.parse(seen.at) <= quietUntil) return { incident: again, verdict: 'suppressed' };
  return opened(seen, known.status === 'escalated' ? known.escalations : 0);
}

/** The heal `traceId` has ended. A heal that is not this incident's changes nothing. */
export function end(known: Incident, traceId: string, status: 'healed' | 'escalated', at: string): Incident {
  if (known.trace_id !== traceId || known.status !== 'open') return known;
  return { ...known, status, ended_at: at, escalations: status === 'escalated' ? known.escalations + 1 : 0 };
}

const opened = (seen: Sighting, escalations: number): { incident: Incident; verdict: Verdict } => ({
  incident: {
    trace_id: seen.trace_id,
    target: seen.target,
    status: 'open',
    opened_seq: seen.seq,
    opened_at: seen.at,
    occurrences: 1,
    escalations,
  },
  verdict: 'opened',
});

const LONGEST_COOL_DOWN_MS = 86_400_000;

const quietMs = (known: Incident, { recentlyHealedMs, coolDownMs }: DetectionPolicy): number =>
  known.status === 'healed' ? recentlyHealedMs : Math.min(LONGEST_COOL_DOWN_MS, coolDownMs * 2 ** Math.max(0, known.escalations - 1));
