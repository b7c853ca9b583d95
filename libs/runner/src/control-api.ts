/** The wire format of the runner's control API, shared by server and client. */
import { z } from 'zod';

/** Kinds of problem (RFC 9457 `type`) that a client may branch on. */
export const PROBLEMS = {
  reloadFailed: 'urn:selfheal:runner:reload-failed',
  stopping: 'urn:selfheal:runner:stopping',
} as const;

export const STATES = ['starting', 'running', 'restarting', 'crash-loop', 'stopping'] as const;

/** `GET /status` of the control API. */
export const runnerStatus = z.object({
  /** Counts the workers that went live: it grows with every reload and every restart. */
  generation: z.int(),
  /** Process id of the worker that takes requests; null while there is none. */
  pid: z.int().nullable(),
  /** Port that the server listens on; null until it first has. */
  port: z.int().nullable(),
  state: z.enum(STATES),
  /** How often a worker ended by itself and was started again. */
  restarts: z.int(),
  /** Why the last start, reload or worker failed, with the end of its stderr. */
  last_error: z.string().nullable(),
});
export type RunnerStatus = z.infer<typeof runnerStatus>;

/** `POST /reload` of the control API. */
export const reloadResult = z.object({
  generation: z.int(),
  pid: z.int(),
  /** From the start of the new process until it listened, in milliseconds. */
  ready_ms: z.number(),
});
export type ReloadResult = z.infer<typeof reloadResult>;
