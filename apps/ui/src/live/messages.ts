/** What comes over the wire, parsed: a message that is not what it claims to be is counted, never shown. */
import { HEALING_EVENT_TYPES, type HealingTrace, type PatchLog, type StoredEvent } from '@selfheal/contracts';
import { parseHostileJson } from '../text/neutralise';

/** A W3C trace id, as in `?trace=`. */
export const TRACE_ID = /^(?!0{32})[0-9a-f]{32}$/;
const TYPES: ReadonlySet<string> = new Set(HEALING_EVENT_TYPES);
const LEVELS: ReadonlySet<unknown> = new Set(['info', 'warn', 'error']);

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/**
 * The data of an SSE message as a stored event. The gateway has validated the payload against the contract; this checks
 * what the fold relies on to file it, so that the browser need not carry the schemas.
 */
export function parseStoredEvent(data: string): StoredEvent | undefined {
  const stored = record(parsed(data));
  const event = record(stored.event);
  const known =
    typeof event.type === 'string' && TYPES.has(event.type) && typeof event.trace_id === 'string' && TRACE_ID.test(event.trace_id);
  const placed = typeof stored.seq === 'number' && Number.isSafeInteger(stored.seq) && typeof stored.at === 'string';
  const numbered = typeof record(event.payload).attempt === 'number';
  return known && placed && numbered ? (stored as unknown as StoredEvent) : undefined;
}

/** The data of a PATCH_LOG message. */
export function parsePatchLog(data: string): PatchLog | undefined {
  const log = record(parsed(data));
  const whole =
    typeof log.trace_id === 'string' &&
    TRACE_ID.test(log.trace_id) &&
    typeof log.line === 'string' &&
    typeof log.service === 'string' &&
    typeof log.timestamp === 'string';
  if (!whole) return undefined;
  return { ...(log as unknown as PatchLog), level: LEVELS.has(log.level) ? (log as unknown as PatchLog).level : 'info' };
}

/** A trace as the API answers it; a summary may come without its steps and audit. */
export function asTrace(value: unknown): HealingTrace | undefined {
  const trace = record(value);
  if (typeof trace.trace_id !== 'string' || !TRACE_ID.test(trace.trace_id) || typeof trace.status !== 'string') return undefined;
  if (typeof trace.created_at !== 'string' || typeof record(trace.failure).type !== 'string') return undefined;
  return { ...(trace as unknown as HealingTrace), steps: list(trace.steps), audit: list(trace.audit) };
}

const list = <T>(value: unknown): T[] => (Array.isArray(value) ? (value as T[]) : []);

function parsed(data: string): unknown {
  try {
    return parseHostileJson(data);
  } catch {
    return undefined;
  }
}
