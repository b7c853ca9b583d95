import type { HealingEvent, HealingEventType, PatchLog } from '@selfheal/contracts';
import type { Broker } from './broker.js';
import { TerminalError } from './errors.js';
import type { Schema } from './learning-board.js';
import type { Outcome } from './outcome.js';
import { publishProgress } from './progress.js';
import { publishOutcomes } from './publish-outcomes.js';

/** Where a message stands in its stream. */
export interface Delivery {
  /** Stream sequence. */
  readonly seq: number;
  /** When the broker stored it, ISO 8601. */
  readonly at: string;
  /** 1 the first time. */
  readonly deliveries: number;
}

/** What a handler may ask and tell about the heal at hand. */
export class HealContext implements Delivery {
  readonly seq: number;
  readonly at: string;
  readonly deliveries: number;

  constructor(
    private readonly broker: Broker,
    readonly traceId: string,
    readonly attempt: number,
    delivery: Delivery,
    /** Aborts when the service stops: the message is then redelivered to another. */
    readonly signal: AbortSignal,
  ) {
    this.seq = delivery.seq;
    this.at = delivery.at;
    this.deliveries = delivery.deliveries;
  }

  /** An earlier event of this heal; of this attempt unless another is named. */
  find<T extends HealingEventType>(type: T, attempt = this.attempt): Promise<HealingEvent<T> | undefined> {
    return this.findIn(this.traceId, type, attempt);
  }

  /** An event of another heal. */
  async findIn<T extends HealingEventType>(traceId: string, type: T, attempt: number): Promise<HealingEvent<T> | undefined> {
    const stored = await this.broker.journal.find(traceId, type, attempt);
    return stored?.event as HealingEvent<T> | undefined;
  }

  /** Like {@link find}. @throws TerminalError `history-missing`: without its history a step cannot be done */
  async require<T extends HealingEventType>(type: T, attempt = this.attempt): Promise<HealingEvent<T>> {
    const event = await this.find(type, attempt);
    if (!event) throw new TerminalError('history-missing', `heal ${this.traceId} has no ${type} for attempt ${attempt}`);
    return event;
  }

  /** What earlier heals taught; see {@link LearningBoard.read}, it never fails. */
  learned<T>(key: string, schema: Schema<T>): Promise<T | undefined> {
    return this.broker.learning.read(key, schema);
  }

  /** Says an event before the work is done: that a step has begun. What a handler returns is said after it. */
  async say(outcome: Outcome): Promise<void> {
    await publishOutcomes(this.broker.journal, this.traceId, [outcome]);
  }

  /** A line for people who watch (`PATCH_LOG`). */
  progress(line: string, level: PatchLog['level'] = 'info'): void {
    publishProgress(this.broker.connection, this.broker.service, this.traceId, line, level);
  }
}
