/** The wire contract: `{ type, key, payload, timestamp, trace_id?, ui_hint? }`, JSON, parsed at both ends. */
import { z } from 'zod';
import { type FailurePayload, failurePayload } from './payloads/failure.js';
import { PAYLOADS, type Payload } from './payloads/index.js';
import { FAILURE_TYPE, HEALING_EVENT_TYPES, type HealingEventType } from './pipeline.js';
import { timestamp, traceId } from './primitives.js';

/** Idempotency key: two events with one type and key are one event (it becomes `Nats-Msg-Id`). */
const key = z
  .string()
  .min(1)
  .max(256)
  .regex(/^[\x21-\x7e]+$/, 'printable ASCII without spaces');
/** What a dashboard may show for the event, in one line. */
const uiHint = z.string().max(256).optional();

export const failureEvent = z.object({
  type: z.string().max(128).regex(FAILURE_TYPE, 'FAILURE or *_FAILURE'),
  key,
  payload: failurePayload,
  timestamp,
  trace_id: traceId.optional(),
  ui_hint: uiHint,
});
export type FailureEvent = z.infer<typeof failureEvent> & { payload: FailurePayload };

export interface HealingEvent<T extends HealingEventType = HealingEventType> {
  readonly type: T;
  readonly key: string;
  readonly payload: Payload<T>;
  readonly timestamp: string;
  readonly trace_id: string;
  readonly ui_hint?: string | undefined;
}
/** A healing event whose `type` tells its payload. */
export type AnyHealingEvent = { [T in HealingEventType]: HealingEvent<T> }[HealingEventType];

/** The schema of one type of event, envelope and payload. */
export const healingEventSchema = <T extends HealingEventType>(type: T) =>
  z.object({ type: z.literal(type), key, payload: PAYLOADS[type], timestamp, trace_id: traceId, ui_hint: uiHint });

const schemas = new Map<string, z.ZodType>(HEALING_EVENT_TYPES.map((type) => [type, healingEventSchema(type)]));
const typed = z.object({ type: z.enum(HEALING_EVENT_TYPES as [HealingEventType, ...HealingEventType[]]) });

/** Parses an event of a heal. @throws z.ZodError that names each field that is wrong */
export function parseHealingEvent(value: unknown): AnyHealingEvent {
  const { type } = typed.parse(value);
  return schemas.get(type)?.parse(value) as AnyHealingEvent;
}

/** Makes an event of a heal. `key` is `<trace_id>.<type>.<attempt>`: one outcome for a step of an attempt. */
export function healingEvent<T extends HealingEventType>(type: T, trace: string, at: string, payload: Payload<T>): HealingEvent<T> {
  return { type, key: `${trace}.${type}.${payload.attempt}`, payload, timestamp: at, trace_id: trace };
}

/** Each issue of a ZodError as `field: message`, for logs, dead letters and problem details. */
export const issuesOf = (error: z.ZodError): string[] => error.issues.map((i) => `${i.path.join('.') || '(root)'}: ${i.message}`);

/** A progress line (`PATCH_LOG`). */
export const patchLog = z.object({
  trace_id: traceId,
  service: z.string().max(64),
  level: z.enum(['info', 'warn', 'error']).default('info'),
  line: z.string().max(4000),
  timestamp,
});
export type PatchLog = z.infer<typeof patchLog>;
