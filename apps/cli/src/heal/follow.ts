import type { HealingEvent, PatchLog, StoredEvent } from '@selfheal/contracts';
import type { EventFeed } from '../system/event-feed.js';

export type HealEnd = HealingEvent<'HEALED'> | HealingEvent<'ESCALATED'>;

export interface HealListener {
  event?(stored: StoredEvent): void;
  log?(log: PatchLog): void;
}

/** Remembers which heals there have been, so that the next one can be told from them. */
export class HealFollower {
  readonly #known = new Set<string>();
  readonly #open = new Set<string>();

  constructor(private readonly feed: EventFeed) {
    feed.onEvent(({ event }) => {
      if (event.type === 'HEALING_STARTED') this.#open.add(event.trace_id);
      if (event.type === 'HEALED' || event.type === 'ESCALATED') this.#open.delete(event.trace_id);
    });
  }

  /** Whether a heal is going on. */
  get busy(): boolean {
    return this.#open.size > 0;
  }

  /**
   * Follows the next heal of `target` that has not been followed to its end. Subscribes at once: call it before what
   * causes the heal. @throws HealTimedOut after `deadlineMs`, the signal's reason when aborted
   */
  async next(target: string, listener: HealListener, deadlineMs: number, signal: AbortSignal): Promise<HealEnd> {
    const done = Promise.withResolvers<HealEnd>();
    let trace: string | undefined;
    let last = 'no HEALING_STARTED came';
    const offEvent = this.feed.onEvent((stored) => {
      const { event } = stored;
      if (!trace && event.type === 'HEALING_STARTED' && event.payload.target === target && !this.#known.has(event.trace_id)) {
        trace = event.trace_id;
        this.#known.add(trace);
      }
      if (event.trace_id !== trace) return;
      last = `the last event was ${event.type}`;
      listener.event?.(stored);
      if (event.type === 'HEALED' || event.type === 'ESCALATED') done.resolve(event);
    });
    const offLog = this.feed.onLog((log) => {
      if (log.trace_id === trace) listener.log?.(log);
    });
    const timer = setTimeout(() => done.reject(new HealTimedOut(deadlineMs, last, trace)), deadlineMs);
    const aborted = () => done.reject(signal.reason);
    signal.addEventListener('abort', aborted, { once: true });
    try {
      return await done.promise;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', aborted);
      offEvent();
      offLog();
    }
  }
}

/** A heal that did not come to an end, or did not begin. */
export class HealTimedOut extends Error {
  override readonly name = 'HealTimedOut';
  constructor(
    deadlineMs: number,
    last: string,
    readonly traceId: string | undefined,
  ) {
    super(`the heal did not end within ${deadlineMs / 1000} s: ${last}`);
  }
}
