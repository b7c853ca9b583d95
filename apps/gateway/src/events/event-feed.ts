import { Inject, Injectable } from '@nestjs/common';
import { PROGRESS_FILTER, progressSubject, STREAMS, type StoredEvent, traceSubject } from '@selfheal/contracts';
import { Broker, storedEvent } from '@selfheal/messaging';

/** The events of every heal, or of one, as the stream has them: history first, then live, with nothing between lost. */
@Injectable()
export class EventFeed {
  constructor(@Inject(Broker) private readonly broker: Broker) {}

  /**
   * Calls `say` for each event after stream sequence `after`, one at a time, until `signal` aborts. One ordered consumer does
   * both history and live, so there is no seam between them; it heals itself when the broker restarts.
   */
  async follow(
    after: number,
    traceId: string | undefined,
    signal: AbortSignal,
    say: (stored: StoredEvent) => Promise<void>,
  ): Promise<void> {
    const consumer = await this.broker.jetstream.consumers.get(STREAMS.healing.name, {
      filterSubjects: traceId ? traceSubject(traceId) : STREAMS.healing.subjects[0],
      opt_start_seq: (await this.#known(after)) + 1,
    });
    const messages = await consumer.consume();
    const stop = () => messages.stop();
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    for await (const message of messages) {
      if (signal.aborted) break;
      await say(storedEvent({ seq: message.seq, data: message.data, time: new Date(message.info.timestampNanos / 1e6) }));
    }
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
