import { Inject, Injectable } from '@nestjs/common';
import { type AnyHealingEvent, durableName, STREAMS, traceSubject } from '@selfheal/contracts';
import { Broker } from '@selfheal/messaging';
import { NatsError } from 'nats';

/** JetStream's error codes for "no message found" and "consumer not found". */
const NO_MESSAGE = 10_037;
const NO_CONSUMER = 10_014;

/** What the coordinator needs of the HEALING stream besides hearing it. */
export abstract class HealStream {
  /** Position of the last event of a heal; 0 when it has none. */
  abstract last(traceId: string): Promise<number>;
  /** All events up to this position have been heard and dealt with. */
  abstract heardUpTo(): Promise<number>;
  abstract has(event: AnyHealingEvent): Promise<boolean>;
  /** Stores an event unless its subject has one. */
  abstract publish(event: AnyHealingEvent): Promise<'stored' | 'exists'>;
}

@Injectable()
export class JetStreamHealStream extends HealStream {
  constructor(@Inject(Broker) private readonly broker: Broker) {
    super();
  }

  last(traceId: string): Promise<number> {
    const query = { last_by_subj: traceSubject(traceId) };
    return unless(NO_MESSAGE, async () => (await this.broker.manager.streams.getMessage(STREAMS.healing.name, query)).seq);
  }

  heardUpTo(): Promise<number> {
    const durable = durableName('coordinator', 'ALL');
    return unless(NO_CONSUMER, async () => (await this.broker.manager.consumers.info(STREAMS.healing.name, durable)).ack_floor.stream_seq);
  }

  async has({ trace_id, type, payload }: AnyHealingEvent): Promise<boolean> {
    return (await this.broker.journal.find(trace_id, type, payload.attempt)) !== undefined;
  }

  publish(event: AnyHealingEvent): Promise<'stored' | 'exists'> {
    return this.broker.journal.publish(event);
  }
}

/** Position 0 when the broker answers with error `code`. */
async function unless(code: number, position: () => Promise<number>): Promise<number> {
  try {
    return await position();
  } catch (error) {
    if (error instanceof NatsError && error.api_error?.err_code === code) return 0;
    throw error;
  }
}
