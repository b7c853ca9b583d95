import { setTimeout } from 'node:timers/promises';
import { ATTRIBUTES } from '@selfheal/telemetry';
import type { ConsumerMessages, JsMsg } from 'nats';
import type { Broker } from './broker.js';
import { BEAT_MS, type ConsumerPlan, ensureConsumer } from './consumers.js';
import { bury } from './dead-letters.js';
import { disposition } from './disposition.js';
import { type Handler, handleMessage, instruments } from './handle-message.js';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

/** Where the transport tells operators what it did with a message. */
export interface TransportLog {
  warn(message: string): void;
  error(message: string): void;
}

/** Pulls messages for one durable consumer and handles up to `concurrency` of them at a time, until stopped. */
export class MessageLoop {
  readonly #running = new Set<Promise<void>>();
  #messages: ConsumerMessages | undefined;
  #ended: Promise<void> = Promise.resolve();
  #stopping = false;

  constructor(
    private readonly broker: Broker,
    private readonly plan: ConsumerPlan,
    private readonly handler: Handler,
    private readonly log: TransportLog,
    private readonly signal: AbortSignal,
  ) {}

  async start(): Promise<void> {
    await ensureConsumer(this.broker.manager, this.plan);
    await this.#consume();
    this.#ended = this.#pull();
  }

  /** After the broker was away: makes sure of the durable consumer and asks for messages anew, rather than when a heartbeat is missed. */
  async restore(): Promise<void> {
    await ensureConsumer(this.broker.manager, this.plan);
    this.#messages?.stop();
  }

  /** Takes no more messages and waits for those at hand. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#messages?.stop();
    await Promise.allSettled([this.#ended, ...this.#running]);
  }

  async #consume(): Promise<void> {
    const consumer = await this.broker.jetstream.consumers.get(this.plan.stream, this.plan.durable);
    this.#messages = await consumer.consume({ max_messages: this.plan.concurrency });
  }

  async #pull(): Promise<void> {
    while (!this.#stopping) {
      for await (const message of this.#messages ?? []) {
        if (this.#stopping) return message.nak();
        const work = this.#handle(message).finally(() => this.#running.delete(work));
        this.#running.add(work);
        if (this.#running.size >= this.plan.concurrency) await Promise.race(this.#running);
      }
      if (!this.#stopping) await this.#consumeAgain();
    }
  }

  /** Until it works: without messages this service would be there for nothing. */
  async #consumeAgain(): Promise<void> {
    for (let pause = FIRST_PAUSE_MS; !this.#stopping; pause = Math.min(LONGEST_PAUSE_MS, pause * 2)) {
      try {
        await this.#consume();
        return;
      } catch (error) {
        this.log.warn(`${this.plan.durable}: no messages: ${error}; again in ${pause} ms`);
        await setTimeout(pause, undefined, { signal: this.signal }).catch(() => undefined);
      }
    }
  }

  async #handle(message: JsMsg): Promise<void> {
    const started = performance.now();
    const beat = setInterval(() => message.working(), BEAT_MS);
    let outcome = 'ack';
    try {
      await handleMessage(this.broker, this.plan, this.handler, message, this.signal);
      message.ack();
    } catch (error) {
      outcome = await this.#settle(message, error);
    } finally {
      clearInterval(beat);
      const attributes = { [ATTRIBUTES.eventType]: this.plan.pattern, [ATTRIBUTES.outcome]: outcome };
      instruments().messages.add(1, attributes);
      instruments().duration.record((performance.now() - started) / 1000, attributes);
    }
  }

  async #settle(message: JsMsg, error: unknown): Promise<string> {
    if (this.#stopping && this.signal.aborted) {
      message.nak();
      return 'nak';
    }
    const verdict = disposition(error, message.info.deliveryCount);
    const what = `${this.plan.durable} ${message.subject} #${message.seq}`;
    if (verdict.do === 'retry') {
      this.log.warn(
        `${what}: ${error instanceof Error ? error.message : error}; again in ${verdict.delayMs} ms (delivery ${message.info.deliveryCount})`,
      );
      message.nak(verdict.delayMs);
      return 'nak';
    }
    this.log.error(`${what}: ${verdict.code}: ${verdict.reason}; kept in the dead-letter stream`);
    try {
      await bury(this.broker.jetstream, this.broker.service, message, verdict.code, verdict.reason);
      message.term();
    } catch (cause) {
      this.log.error(`${what}: could not be dead-lettered, will come again: ${cause}`);
      message.nak(1000);
    }
    return 'dead';
  }
}
