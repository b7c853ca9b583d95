/** The gateway's event stream, followed for as long as the system runs. */
import { setTimeout as delay } from 'node:timers/promises';
import { type PatchLog, parseHealingEvent, patchLog, type StoredEvent } from '@selfheal/contracts';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { z } from 'zod';

const stored = z.object({ seq: z.int(), at: z.string(), event: z.unknown() });
const RECONNECT_MS = 250;

type Listener<T> = (value: T) => void;

/** Resumes by `Last-Event-ID` when the connection breaks, so that a listener hears each event once. */
export class EventFeed {
  readonly #events = new Set<Listener<StoredEvent>>();
  readonly #logs = new Set<Listener<PatchLog>>();
  readonly #closed = new AbortController();
  #lastId: string | undefined;

  constructor(private readonly url: string) {}

  /** Connects; resolves when the gateway has answered. @throws Error when it does not within `timeoutMs` */
  async open(timeoutMs = 10_000): Promise<void> {
    const first = Promise.withResolvers<void>();
    const timer = setTimeout(() => first.reject(new Error(`${this.url} did not answer within ${timeoutMs} ms`)), timeoutMs);
    void this.#follow(first.resolve);
    await first.promise.finally(() => clearTimeout(timer));
  }

  onEvent(listener: Listener<StoredEvent>): () => void {
    this.#events.add(listener);
    return () => void this.#events.delete(listener);
  }

  onLog(listener: Listener<PatchLog>): () => void {
    this.#logs.add(listener);
    return () => void this.#logs.delete(listener);
  }

  close(): void {
    this.#closed.abort();
  }

  async #follow(connected: () => void): Promise<void> {
    const { signal } = this.#closed;
    while (!signal.aborted) {
      try {
        const headers = { accept: 'text/event-stream', ...(this.#lastId && { 'last-event-id': this.#lastId }) };
        const response = await fetch(this.url, { headers, signal });
        if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`);
        connected();
        const parser = createParser({ onEvent: (message) => this.#take(message) });
        for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) parser.feed(chunk);
      } catch {
        // The gateway restarts, or is not up yet: again, from where we were.
      }
      await delay(RECONNECT_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  #take({ id, event, data }: EventSourceMessage): void {
    if (id) this.#lastId = id;
    const value = json(data);
    if (event === 'PATCH_LOG') {
      const log = patchLog.safeParse(value);
      if (log.success) for (const listener of this.#logs) listener(log.data);
      return;
    }
    const envelope = stored.safeParse(value);
    if (!envelope.success) return;
    try {
      const { seq, at } = envelope.data;
      const heard = { seq, at, event: parseHealingEvent(envelope.data.event) };
      for (const listener of this.#events) listener(heard);
    } catch {
      // Not an event of a heal: keep-alives and what a newer gateway may add.
    }
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
