/** Names on the broker: streams, subjects, durable consumers (design, section 2). */
import type { HealingEventType, ServiceName } from './pipeline.js';

export const STREAMS = {
  /** Failure events, high volume: bounded, discard old, deduplicated by `Nats-Msg-Id`. */
  failures: { name: 'FAILURES', subjects: ['failures.>'] },
  /** The history of every heal and the source of truth. */
  healing: { name: 'HEALING', subjects: ['healing.>'] },
  /** What could not be handled, with its reason. */
  dead: { name: 'DEAD', subjects: ['dead.>'] },
} as const;

/** KV buckets, each owned by the service that writes it. */
export const BUCKETS = {
  incidents: 'selfheal_incidents',
  leases: 'selfheal_leases',
  decisions: 'selfheal_decisions',
  learning: 'selfheal_learning',
} as const;

/** One token of a subject: letters, digits, `_` and `-`. Everything else could change the subject's meaning. */
export const SUBJECT_TOKEN = /^[A-Za-z0-9_-]{1,64}$/;

export const failureSubject = (service: string): string => `failures.${token(service)}`;
export const healingSubject = (traceId: string, type: HealingEventType, attempt: number): string =>
  `healing.${token(traceId)}.${type}.${attempt}`;
export const traceSubject = (traceId: string): string => `healing.${token(traceId)}.>`;
export const healingFilter = (type: HealingEventType): string => `healing.*.${type}.*`;
export const deadSubject = (service: ServiceName, stream: string): string => `dead.${service}.${stream}`;
/** Progress lines (`PATCH_LOG`): core NATS, lossy, never a decision. */
export const progressSubject = (traceId: string): string => `progress.${token(traceId)}`;
export const PROGRESS_FILTER = 'progress.*';
export const durableName = (service: ServiceName, heard: string): string => `${service}-${heard}`;

function token(value: string): string {
  if (!SUBJECT_TOKEN.test(value))
    throw new RangeError(`not a subject token (letters, digits, _ and -): ${JSON.stringify(value.slice(0, 80))}`);
  return value;
}
