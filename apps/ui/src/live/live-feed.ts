/**
 * The stream of events, kept open. The browser's EventSource resumes by itself with Last-Event-ID; when it gives up
 * (an answer that is not a stream, such as a proxy's 502) this opens a new one with backoff, after the last event that
 * came. `receive` drops what it has seen, so an overlap is harmless: nothing lost, nothing twice.
 */
import { HEALING_EVENT_TYPES, type HealingTrace } from '@selfheal/contracts';
import { type Arrival, type Heals, NO_HEALS, receive } from './heals';
import { parsePatchLog, parseStoredEvent } from './messages';

export type Connection = 'connecting' | 'live' | 'reconnecting';

export interface FeedState {
  readonly heals: Heals;
  readonly connection: Connection;
  /** Whether the first answer, good or bad, is in: before that an empty page says nothing. */
  readonly settled: boolean;
  /** How often the stream came back after a failure: what was asked before may have changed since. */
  readonly resumed: number;
  /** How far this machine's clock is behind the broker's, in milliseconds, never negative. */
  readonly clockBehindMs: number;
}

export const FIRST_STATE: FeedState = { heals: NO_HEALS, connection: 'connecting', settled: false, resumed: 0, clockBehindMs: 0 };

const FRAME_MS = 33;
const BACKOFF_MS = [500, 1000, 2000, 5000];

/** An external store for `useSyncExternalStore`. Nothing happens before {@link LiveFeed.open}. */
export class LiveFeed {
  #state = FIRST_STATE;
  #listeners = new Set<() => void>();
  #source: EventSource | undefined;
  #pending: Arrival[] = [];
  #flush: ReturnType<typeof setTimeout> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #lastSeq = 0;

  constructor(private readonly url: string) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly state = (): FeedState => this.#state;

  open(): void {
    const source = new EventSource(this.#lastSeq ? `${this.url}?last_event_id=${this.#lastSeq}` : this.url);
    this.#source = source;
    source.onopen = () => {
      const back = this.#state.connection === 'reconnecting';
      this.#failures = 0;
      this.#set({ connection: 'live', resumed: this.#state.resumed + (back ? 1 : 0) });
    };
    source.onerror = () => {
      this.#set({ connection: 'reconnecting' });
      if (source.readyState === EventSource.CLOSED) this.#openLater();
    };
    for (const type of HEALING_EVENT_TYPES) source.addEventListener(type, (message) => this.#onEvent(message.data));
    source.addEventListener('PATCH_LOG', (message) => {
      const log = parsePatchLog(message.data);
      this.#take(log ? { kind: 'log', log } : { kind: 'unreadable' });
    });
  }

  close(): void {
    this.#source?.close();
    clearTimeout(this.#flush);
    clearTimeout(this.#retry);
    this.#flush = undefined;
    this.#pending = [];
  }

  /** Takes in what the API answered. `settled` once the list of heals was asked for, whatever came of it. */
  takeSnapshots(traces: readonly HealingTrace[]): void {
    for (const trace of traces) this.#take({ kind: 'snapshot', trace });
  }
  settle(): void {
    this.#flushNow();
    this.#set({ settled: true });
  }

  #onEvent(data: string): void {
    const stored = parseStoredEvent(data);
    this.#take(stored ? { kind: 'event', stored } : { kind: 'unreadable' });
    if (!stored) return;
    this.#lastSeq = Math.max(this.#lastSeq, stored.seq);
    const behind = Date.parse(stored.at) - Date.now();
    if (behind > this.#state.clockBehindMs) this.#set({ clockBehindMs: behind });
  }

  #openLater(): void {
    this.#source?.close();
    clearTimeout(this.#retry);
    const wait = BACKOFF_MS[Math.min(this.#failures++, BACKOFF_MS.length - 1)];
    this.#retry = setTimeout(() => this.open(), wait);
  }

  /** Arrivals are taken in together, a frame's worth at a time: a long history must not render a thousand times. */
  #take(arrival: Arrival): void {
    this.#pending.push(arrival);
    this.#flush ??= setTimeout(() => this.#flushNow(), FRAME_MS);
  }

  #flushNow(): void {
    clearTimeout(this.#flush);
    this.#flush = undefined;
    if (this.#pending.length === 0) return;
    const batch = this.#pending;
    this.#pending = [];
    this.#set({ heals: receive(this.#state.heals, batch) });
  }

  #set(change: Partial<FeedState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
