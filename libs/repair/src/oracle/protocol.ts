import { z } from 'zod';
import type { NodeProcess } from '../command/recording.js';

/** Messages between the pool and worker/main.cjs, as JSON over Node's IPC channel. */
export type ToWorker =
  | {
      readonly type: 'open';
      /** With paths that lead into this worker's sandbox. */
      readonly process: NodeProcess;
      readonly root: string;
      /** Texts that candidates build on instead of those on disk, by runner: [path relative to the root, text]. */
      readonly overlay: Readonly<Record<string, readonly (readonly [string, string])[]>>;
      /** Names of the runners to ask, in this order. */
      readonly runners: readonly string[];
    }
  | {
      readonly type: 'run';
      readonly id: number;
      readonly patch: readonly (readonly [string, string])[];
      readonly stopAtFirstFailure: boolean;
      readonly budgetMs: number;
      readonly testTimeoutMs?: number;
      /** Tests that the base fails: run alone before all. */
      readonly first?: readonly string[];
      readonly coverage?: 'per-test';
    }
  /** The sandbox is as it was at the start: what waits may run. */
  | { readonly type: 'restored' };

const bounded = (max: number) => z.string().transform((value) => value.slice(0, max));
const errorSchema = z.object({
  name: bounded(200),
  message: bounded(4000),
  stack: bounded(16_000),
  expected: bounded(2000).optional(),
  actual: bounded(2000).optional(),
});
const answerSchema = z.object({
  tests: z
    .array(
      z.object({
        id: bounded(2000),
        state: z.enum(['passed', 'failed', 'skipped']),
        ms: z.number().optional(),
        error: errorSchema.optional(),
      }),
    )
    .max(100_000),
  error: errorSchema.optional(),
  passed: z.boolean(),
  outcome: z.enum(['timeout', 'crashed']).optional(),
  unfaithful: bounded(500).optional(),
  retire: z.boolean().optional(),
  loaded: z.array(z.string()).max(10_000).optional(),
  coverage: z
    .array(z.object({ test: bounded(2000), failed: z.boolean(), hits: z.array(z.number().int().nonnegative()) }))
    .max(100_000)
    .optional(),
});

/** What a worker says. The code under test shares its process and may forge anything: parsed, and the chosen candidate is proven elsewhere. */
export const fromWorkerSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('opened'), runner: bounded(100) }),
  z.object({ type: z.literal('refused'), reason: bounded(500) }),
  z.object({ type: z.literal('progress') }),
  z.object({ type: z.literal('broken'), error: errorSchema }),
  z.object({ type: z.literal('answer'), id: z.number(), answer: answerSchema, ms: z.number(), gapMs: z.number(), isDirty: z.boolean() }),
]);
export type FromWorker = z.infer<typeof fromWorkerSchema>;
export type WorkerAnswer = Extract<FromWorker, { type: 'answer' }>;
