import { STREAMS } from '@selfheal/contracts';
import { DiscardPolicy, type JetStreamManager, NatsError, nanos, RetentionPolicy, StorageType, type StreamConfig } from 'nats';

const DAY_MS = 86_400_000;
const GIB = 1024 ** 3;

/** Streams as they should be. `failures` is bounded and forgets; `healing` is the source of truth and refuses when full. */
const CONFIGS: (Partial<StreamConfig> & { name: string })[] = [
  {
    name: STREAMS.failures.name,
    subjects: [...STREAMS.failures.subjects],
    discard: DiscardPolicy.Old,
    max_age: nanos(7 * DAY_MS),
    max_bytes: GIB,
    duplicate_window: nanos(120_000),
  },
  { name: STREAMS.healing.name, subjects: [...STREAMS.healing.subjects], discard: DiscardPolicy.New, allow_direct: true },
  {
    name: STREAMS.dead.name,
    subjects: [...STREAMS.dead.subjects],
    discard: DiscardPolicy.Old,
    max_age: nanos(30 * DAY_MS),
    max_bytes: GIB,
  },
];

/** JetStream's error code for "stream name already in use with a different configuration". */
const IN_USE = 10_058;

/** Creates what is missing and updates what differs. Safe to run from every service at once. */
export async function ensureStreams(jsm: JetStreamManager, replicas = 1): Promise<void> {
  for (const config of CONFIGS) {
    const wanted = { retention: RetentionPolicy.Limits, storage: StorageType.File, num_replicas: replicas, ...config };
    try {
      await jsm.streams.add(wanted);
    } catch (error) {
      if (!(error instanceof NatsError && error.api_error?.err_code === IN_USE)) throw error;
      await jsm.streams.update(config.name, wanted);
    }
  }
}
