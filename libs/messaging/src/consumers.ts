import { durableName, type HealingEventType, healingFilter, heardBy, type ServiceName, STREAMS } from '@selfheal/contracts';
import { AckPolicy, type ConsumerConfig, DeliverPolicy, type JetStreamManager, nanos } from 'nats';

/** A handler is registered for one event type, for `FAILURE` (and every `*_FAILURE`), or for `*`: every event of every heal, in order. */
export type Pattern = HealingEventType | 'FAILURE' | '*';

export interface ConsumerPlan {
  readonly pattern: Pattern;
  readonly stream: string;
  readonly durable: string;
  readonly filter: string;
  /** Messages handled at the same time by one process. */
  readonly concurrency: number;
  /** In strict stream order over all replicas: the next message comes only after the last was acked. */
  readonly ordered: boolean;
}

/** A service that was killed keeps its message this long: then another gets it. */
const ACK_WAIT_MS = 6_000;
/** While a handler works it says so this often: a third of the time after which the broker would give its work to another. */
export const BEAT_MS = ACK_WAIT_MS / 3;

/** One durable consumer a pattern: NATS servers before 2.10 know no consumer with several filters (ADR 0003). */
export function planConsumers(service: ServiceName, patterns: readonly string[]): ConsumerPlan[] {
  const missing = patterns.includes('*') ? [] : heardBy(service).filter((type) => !patterns.includes(type));
  if (missing.length > 0) throw new Error(`${service} must hear ${missing.join(', ')} (pipeline table) but has no handler`);
  return patterns.map((pattern) => {
    if (pattern === 'FAILURE') return plan(service, 'FAILURE', STREAMS.failures.name, STREAMS.failures.subjects[0], 256);
    if (pattern === '*')
      return {
        ...plan(service, '*', STREAMS.healing.name, STREAMS.healing.subjects[0], 1),
        durable: durableName(service, 'ALL'),
        ordered: true,
      };
    const type = heardBy(service).find((known) => known === pattern);
    if (!type) throw new Error(`${service} handles ${pattern}, which the pipeline table does not let it hear`);
    return plan(service, type, STREAMS.healing.name, healingFilter(type), 4);
  });
}

const plan = (service: ServiceName, pattern: Pattern, stream: string, filter: string, concurrency: number): ConsumerPlan => ({
  pattern,
  stream,
  filter,
  concurrency,
  durable: durableName(service, pattern),
  ordered: false,
});

/** Creates or updates the durable consumer. */
export async function ensureConsumer(jsm: JetStreamManager, { stream, durable, filter, ordered }: ConsumerPlan): Promise<void> {
  const config: Partial<ConsumerConfig> = {
    durable_name: durable,
    filter_subject: filter,
    ack_policy: AckPolicy.Explicit,
    ack_wait: nanos(ACK_WAIT_MS),
    deliver_policy: DeliverPolicy.All,
    max_deliver: -1,
    max_ack_pending: ordered ? 1 : 1024,
  };
  await jsm.consumers.add(stream, config);
}
