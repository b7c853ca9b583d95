import { randomBytes } from 'node:crypto';
import { type FailureEvent, failureEvent, failureSubject } from '@selfheal/contracts';
import type { NatsConnection } from 'nats';
import { failureHeaders } from './headers.js';

/**
 * Publishes events in the order in which they came, each batch confirmed by a round trip to the broker. A batch that was
 * not confirmed is published again: `Nats-Msg-Id` makes the second time nothing.
 */
export class Publisher {
  readonly #queue: FailureEvent[] = [];
  readonly #settle: (count: number) => void;
  readonly #subject: string;
  #connection: NatsConnection | undefined;
  #busy = false;

  /** @param settle is told how many events need no more care */
  constructor(service: string, settle: (count: number) => void) {
    this.#subject = failureSubject(service);
    this.#settle = settle;
  }

  add(event: FailureEvent): void {
    this.#queue.push(event);
    void this.#drain();
  }

  /** The broker can be reached, or (without a connection) cannot. */
  connected(connection: NatsConnection | undefined): void {
    this.#connection = connection;
    void this.#drain();
  }

  async #drain(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      while (this.#connection && this.#queue.length > 0) {
        const batch = this.#queue.slice(0, 100);
        await this.#publish(this.#connection, batch);
        this.#queue.splice(0, batch.length);
        this.#settle(batch.length);
      }
    } catch {
      // The connection was lost. The batch is still queued, and `connected` says when to go on.
      this.#connection = undefined;
    } finally {
      this.#busy = false;
    }
  }

  async #publish(connection: NatsConnection, batch: readonly FailureEvent[]): Promise<void> {
    for (const event of batch) {
      // What does not parse would only be dead-lettered at the other end.
      if (!failureEvent.safeParse(event).success) continue;
      connection.publish(this.#subject, JSON.stringify(event), { headers: failureHeaders(event, randomBytes(8).toString('hex')) });
    }
    await connection.flush();
  }
}
