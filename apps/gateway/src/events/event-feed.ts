import { setTimeout } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { PROGRESS_FILTER, progressSubject, STREAMS, type StoredEvent, traceSubject } from '@selfheal/contracts';
import { Broker, storedEvent } from '@selfheal/messaging';
import type { ConsumerMessages, JsMsg } from 'nats';

/** From the end of one consumer to the start of the next. */
const AGAIN_MS = 250;

/** The events of every heal, or of one, as the stream has them: history first, then live, with nothing between lost. */
@Injectable()
export class EventFeed {
  constructor(@Inject(Broker) private readonly broker: Broker) {}

  /**
   * Calls `say` for each event after stream sequence `after`, one at a time, until `signal` aborts. One ordered consumer does
   * both history and live, so there is no seam between them. When it ends (the broker went away), a new one goes on from there.
   */
  async follow(
    after: number,
    traceId: string | undefined,
    signal: AbortSignal,
    say: (stored: StoredEvent) => Promise<void>,
  ): Promise<void> {
    let from: number | undefined;
    while (!signal.aborted) {
      try {
        // What is asked while the connection is down gets no answer, however soon it is up again.
        if (this.broker.connected) {
          from ??= await this.#known(after);
          for await (const message of await this.#consume(from, traceId, signal)) {
            if (signal.aborted) return;
            const stored = eventOf(message);
            if (stored) await say(stored);
            from = message.seq;
          }
        }
      } catch {
        // The broker does not answer now; /readyz says so.
      }
      await setTimeout(AGAIN_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  async #consume(after: number, traceId: string | undefined, signal: AbortSignal): Promise<ConsumerMessages> {
    const consumer = await this.broker.jetstream.consumers.get(STREAMS.healing.name, {
      filterSubjects: traceId ? traceSubject(traceId) : STREAMS.healing.subjects[0],
      opt_start_seq: after + 1,
    });
    const messages = await consumer.consume();
    signal.addEventListener('abort', () => messages.stop(), { once: true });
    if (signal.aborted) messages.stop();
    return messages;
  }

  /** Progress lines as they are said, as JSON texts. Lossy. Gives what ends it. */
  progress(traceId: string | undefined, say: (line: string) => void): () => void {
    const subscription = this.broker.connection.subscribe(traceId ? progressSubject(traceId) : PROGRESS_FILTER, {
      callback: (error, message) => {
        if (!error) say(message.string());
      },
    });
    return () => subscription.unsubscribe();
  }

  /** A client that has seen more than the stream holds has seen another stream: it starts from the beginning. */
  async #known(after: number): Promise<number> {
    const { state } = await this.broker.manager.streams.info(STREAMS.healing.name);
    return after > state.last_seq ? 0 : after;
  }
}

/** The event in a message; nothing when somebody put something else into the stream, which must not end the feed of everybody. */
function eventOf({ seq, data, info }: JsMsg): StoredEvent | undefined {
  try {
    return storedEvent({ seq, data, time: new Date(info.timestampNanos / 1e6) });
  } catch {
    return undefined;
  }
}
