import {
  type AnyHealingEvent,
  type HealingEventType,
  healingSubject,
  parseHealingEvent,
  STREAMS,
  type StoredEvent,
} from '@selfheal/contracts';
import { type JetStreamClient, type JetStreamManager, NatsError, type StoredMsg } from 'nats';
import { eventHeaders } from './headers.js';

/** JetStream's error code for "wrong last sequence": the subject already holds an event. */
const WRONG_LAST_SEQUENCE = 10_071;
const NOT_FOUND = '404';
const NO_MESSAGE = 10_037;

/** The HEALING stream as a log of outcomes: each at most once, for the life of the stream. */
export class HealJournal {
  readonly #encoder = new TextEncoder();

  constructor(
    private readonly js: JetStreamClient,
    private readonly jsm: JetStreamManager,
    private readonly source: string,
  ) {}

  /**
   * Stores an event unless its step of that attempt has one already (`Nats-Expected-Last-Subject-Sequence: 0`).
   * `exists` is as good as `stored`: someone, perhaps we before a crash, was here first.
   */
  async publish(event: AnyHealingEvent): Promise<'stored' | 'exists'> {
    const subject = healingSubject(event.trace_id, event.type, event.payload.attempt);
    try {
      await this.js.publish(subject, this.#encoder.encode(JSON.stringify(event)), {
        headers: eventHeaders(this.source, event),
        expect: { lastSubjectSequence: 0, streamName: STREAMS.healing.name },
      });
      return 'stored';
    } catch (error) {
      if (error instanceof NatsError && error.api_error?.err_code === WRONG_LAST_SEQUENCE) return 'exists';
      throw error;
    }
  }

  /** The event of that type and attempt, if it has been said. */
  async find(traceId: string, type: HealingEventType, attempt: number): Promise<StoredEvent | undefined> {
    try {
      const message = await this.jsm.streams.getMessage(STREAMS.healing.name, { last_by_subj: healingSubject(traceId, type, attempt) });
      return storedEvent(message);
    } catch (error) {
      if (error instanceof NatsError && (error.code === NOT_FOUND || error.api_error?.err_code === NO_MESSAGE)) return undefined;
      throw error;
    }
  }
}

/** An event with its place in the stream, from a stored message. @throws when it is not an event of a heal */
export function storedEvent(message: Pick<StoredMsg, 'seq' | 'data' | 'time'>): StoredEvent {
  const value: unknown = JSON.parse(new TextDecoder().decode(message.data));
  return { seq: message.seq, at: message.time.toISOString(), event: parseHealingEvent(value) };
}
