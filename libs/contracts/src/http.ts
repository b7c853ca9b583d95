/** Recorded HTTP traffic: what a replay needs, already redacted by the emitter. */
import { z } from 'zod';

export const HTTP_METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
/** Safe methods: replaying one changes nothing (RFC 9110, section 9.2.1). */
export const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

export const recordedRequest = z.object({
  method: z.enum(HTTP_METHODS),
  /** Origin-form target: path and query, starts with one `/` (RFC 9112, section 3.2.1). Never an absolute URL. */
  path: z
    .string()
    .max(4096)
    .regex(/^\/(?!\/)[^\s\\]*$/, 'origin-form path that starts with one "/"'),
  headers: z.record(z.string().max(128), z.string().max(4096)).default({}),
  body: z.string().max(65_536).optional(),
});
export type RecordedRequest = z.infer<typeof recordedRequest>;

export const recordedResponse = z.object({
  status: z.int().min(100).max(599),
  body: z.string().max(65_536).optional(),
});
export type RecordedResponse = z.infer<typeof recordedResponse>;

/**
 * What a replay of a request must show. Every field given must hold. Without an expectation a replay passes when its
 * status is below 500.
 */
export const expectation = z.object({
  status: z.int().min(100).max(599).optional(),
  /** A JSON value that the body must contain: objects by subset, arrays and scalars by equality. */
  json: z.json().optional(),
  /** Upper bound of the response time, in milliseconds. */
  max_ms: z.number().positive().max(600_000).optional(),
});
export type Expectation = z.infer<typeof expectation>;

export const recordedExchange = z.object({ request: recordedRequest, response: recordedResponse });
export type RecordedExchange = z.infer<typeof recordedExchange>;

/** The outcome of one replayed request. */
export const replayResult = z.object({
  request: recordedRequest.pick({ method: true, path: true }),
  passed: z.boolean(),
  status: z.int().optional(),
  duration_ms: z.number().nonnegative(),
  /** Why it did not pass; empty when it did. */
  reason: z.string().max(2000).default(''),
});
export type ReplayResult = z.infer<typeof replayResult>;
