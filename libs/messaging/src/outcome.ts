import type { HealingEventType, Payload } from '@selfheal/contracts';

/** An event that a handler wants said. The transport publishes it, then acks the message that led to it. */
export interface Outcome<T extends HealingEventType = HealingEventType> {
  readonly type: T;
  readonly payload: Payload<T>;
  /** The heal it belongs to; without it, the heal of the event being handled. */
  readonly traceId?: string | undefined;
}

/** Says an event: `return [say('RCA_READY', plan)]`. */
export const say = <T extends HealingEventType>(type: T, payload: Payload<T>, traceId?: string): Outcome<T> => ({ type, payload, traceId });
