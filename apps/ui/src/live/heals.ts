/** All that the page knows of heals, as a value: events and snapshots in, heals out. Pure. */
import { evolveHeal, type HealingTrace, type PatchLog, type StoredEvent } from '@selfheal/contracts';

export interface Heal {
  readonly trace: HealingTrace;
  /** Stream sequence of the last event in `trace`: whatever is not after it has been seen. */
  readonly seq: number;
  /** False for a summary, which lacks its history and so cannot be evolved. */
  readonly whole: boolean;
}

export interface Heals {
  readonly byId: ReadonlyMap<string, Heal>;
  readonly logs: ReadonlyMap<string, readonly NumberedLog[]>;
  /** Messages that could not be read. */
  readonly unreadable: number;
  /** Numbers progress lines in order of arrival: they have no identity of their own. */
  readonly arrivals: number;
}

export type NumberedLog = PatchLog & { readonly arrival: number };

/** Bounds on what a page that stays open for weeks may hold. */
export const MAX_HEALS = 500;
export const MAX_LOG_LINES = 2000;

export const NO_HEALS: Heals = { byId: new Map(), logs: new Map(), unreadable: 0, arrivals: 0 };

/** What one delivery of the stream brings, in order of arrival. */
export type Arrival =
  | { readonly kind: 'event'; readonly stored: StoredEvent }
  | { readonly kind: 'log'; readonly log: PatchLog }
  | { readonly kind: 'snapshot'; readonly trace: HealingTrace }
  | { readonly kind: 'unreadable' };

/**
 * Takes a batch in. An event is applied once, whatever is delivered again after a reconnect; a snapshot counts only
 * where it knows more than the events do.
 */
export function receive(heals: Heals, batch: readonly Arrival[]): Heals {
  const byId = new Map(heals.byId);
  const logs = new Map(heals.logs);
  let { unreadable, arrivals } = heals;
  for (const arrival of batch) {
    switch (arrival.kind) {
      case 'event': {
        const id = arrival.stored.event.trace_id;
        const before = byId.get(id);
        const after = evolved(before, arrival.stored);
        if (after === 'unreadable') unreadable += 1;
        else if (after && after !== before) byId.set(id, after);
        break;
      }
      case 'snapshot': {
        const { trace_id } = arrival.trace;
        const snapshot = fromSnapshot(arrival.trace);
        if (knowsMore(snapshot, byId.get(trace_id))) byId.set(trace_id, snapshot);
        break;
      }
      case 'log': {
        const { log } = arrival;
        logs.set(log.trace_id, [...(logs.get(log.trace_id) ?? []), { ...log, arrival: arrivals++ }].slice(-MAX_LOG_LINES));
        break;
      }
      case 'unreadable':
        unreadable += 1;
    }
  }
  forgetOldest(byId, logs);
  return { byId, logs, unreadable, arrivals };
}

/** Newest first. */
export const newestFirst = (heals: Heals): HealingTrace[] =>
  [...heals.byId.values()].map((heal) => heal.trace).sort((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at));

function evolved(before: Heal | undefined, stored: StoredEvent): Heal | 'unreadable' | undefined {
  const known = before?.whole ? before : undefined;
  if (known && stored.seq <= known.seq) return before;
  if (!known && stored.event.type !== 'HEALING_STARTED') return before;
  try {
    const trace = evolveHeal(known?.trace, stored);
    return trace ? { trace, seq: stored.seq, whole: true } : before;
  } catch {
    return 'unreadable';
  }
}

function fromSnapshot(trace: HealingTrace): Heal {
  const whole = trace.audit[0]?.action === 'HEALING_STARTED';
  return { trace, seq: trace.audit.at(-1)?.seq ?? 0, whole };
}

function knowsMore(snapshot: Heal, known: Heal | undefined): boolean {
  if (!known) return true;
  return known.whole ? snapshot.whole && snapshot.seq > known.seq : true;
}

function forgetOldest(byId: Map<string, Heal>, logs: Map<string, readonly NumberedLog[]>): void {
  if (byId.size > MAX_HEALS) {
    const oldestFirst = [...byId.entries()].sort(([, a], [, b]) => Date.parse(a.trace.created_at) - Date.parse(b.trace.created_at));
    for (const [id] of oldestFirst.slice(0, byId.size - MAX_HEALS)) {
      byId.delete(id);
      logs.delete(id);
    }
  }
  // Lines may come before their heal does; a flood of them for heals that never come must not pile up.
  for (const id of [...logs.keys()].slice(0, Math.max(0, logs.size - MAX_HEALS))) logs.delete(id);
}
