import {
  type AnyHealingEvent,
  type HealingEventType,
  healingSubject,
  parseHealingEvent,
  STREAMS,
  type StoredEvent,
} from '@selfheal/contracts';
import { ErrorCode, type JetStreamClient, type JetStreamManager, NatsError, type StoredMsg } from 'nats';
import { isConflict } from './compare-and-swap.js';
import { eventHeaders } from './headers.js';
import type { Online } from './online.js';

const NOT_FOUND = '404';
const NO_MESSAGE = 10_037;
const ANSWER_MS = 2_000;
const NO_ANSWER: ReadonlySet<string> = new Set([ErrorCode.Timeout, ErrorCode.Disconnect, ErrorCode.NoResponders]);

/** The HEALING stream as a log of outcomes: each at most once, for the life of the stream. */
export class HealJournal {
  readonly #encoder = new TextEncoder();

  constructor(
    private readonly js: JetStreamClient,
    private readonly jsm: JetStreamManager,
    private readonly online: Online,
    private readonly source: string,
  ) {}

  /**
   * Stores an event unless its step of that attempt has one already (`Nats-Expected-Last-Subject-Sequence: 0`).
   * `exists` is as good as `stored`: someone, perhaps we before a crash, was here first.
   */
  async publish(event: AnyHealingEvent): Promise<'stored' | 'exists'> {
    const subject = healingSubject(event.trace_id, event.type, event.payload.attempt);
    const data = this.#encoder.encode(JSON.stringify(event));
    const headers = eventHeaders(this.source, event);
    const expect = { lastSubjectSequence: 0, streamName: STREAMS.healing.name };
    try {
      await this.#ask(() => this.js.publish(subject, data, { headers, expect, timeout: ANSWER_MS }));
      return 'stored';
    } catch (error) {
      if (isConflict(error)) return 'exists';
      throw error;
    }
  }

  /** The event of that type and attempt, if it has been said. */
  async find(traceId: string, type: HealingEventType, attempt: number): Promise<StoredEvent | undefined> {
    const last_by_subj = healingSubject(traceId, type, attempt);
    try {
      return storedEvent(await this.#ask(() => this.jsm.streams.getMessage(STREAMS.healing.name, { last_by_subj })));
    } catch (error) {
      if (error instanceof NatsError && (error.code === NOT_FOUND || error.api_error?.err_code === NO_MESSAGE)) return undefined;
      throw error;
    }
  }

  /** Asks the broker, and once more when no answer came: it may have gone away meanwhile. Both questions bear repeating. */
  async #ask<T>(question: () => Promise<T>): Promise<T> {
    await this.online.wait();
    try {
      return await question();
    } catch (error) {
      if (!(error instanceof NatsError && NO_ANSWER.has(error.code))) throw error;
      await this.online.wait();
      return question();
    }
  }
}

/** An event with its place in the stream, from a stored message. @throws when it is not an event of a heal */
export function storedEvent(message: Pick<StoredMsg, 'seq' | 'data' | 'time'>): StoredEvent {
  const value: unknown = JSON.parse(new TextDecoder().decode(message.data));
  return { seq: message.seq, at: message.time.toISOString(), event: parseHealingEvent(value) };
}
