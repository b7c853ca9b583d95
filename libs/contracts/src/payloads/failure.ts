import { z } from 'zod';
import { expectation, recordedExchange, recordedRequest, recordedResponse } from '../http.js';
import { serviceName } from '../primitives.js';

/** Bounds on what a failure event may carry: an emitter is outside the trust boundary. Bytes of the whole message. */
export const MAX_FAILURE_BYTES = 262_144;

/** One issue of a failed schema validation, as zod, ajv and friends report it. */
export const validationIssue = z.object({
  path: z.array(z.union([z.string().max(256), z.number()])).max(32),
  code: z.string().max(64).optional(),
  message: z.string().max(1000),
  expected: z.string().max(256).optional(),
  received: z.string().max(256).optional(),
});
export type ValidationIssue = z.infer<typeof validationIssue>;

export const failureError = z.object({
  name: z.string().min(1).max(256),
  message: z.string().max(8192),
  stack: z.string().max(32_768).optional(),
  code: z.string().max(128).optional(),
  issues: z.array(validationIssue).max(50).optional(),
});
export type FailureError = z.infer<typeof failureError>;

/** The payload of `FAILURE` and every `*_FAILURE`. */
export const failurePayload = z.object({
  /** The target's name, as in its selfheal.yaml. */
  service: serviceName,
  error: failureError,
  /** `METHOD /route/:pattern`. */
  route: z.string().max(512).optional(),
  request: recordedRequest.optional(),
  response: recordedResponse.optional(),
  expectation: expectation.optional(),
  /** How long the failing request took, in milliseconds, and what it was allowed to take. */
  duration_ms: z.number().nonnegative().optional(),
  objective_ms: z.number().positive().optional(),
  /** Good requests seen shortly before, at most one a route: what must keep working. */
  recorded: z.array(recordedExchange).max(20).default([]),
  /** The deployed revision or version, when the service knows it. */
  release: z.string().max(256).optional(),
});
export type FailurePayload = z.infer<typeof failurePayload>;
