/** selfheal.yaml: what a target says of itself (design, section 4). */
import { z } from 'zod';
import { expectation, recordedRequest } from './http.js';
import { serviceName } from './primitives.js';

const command = z.array(z.string().min(1)).min(1).describe('program and arguments, no shell');

export const AUTONOMY = ['observe', 'suggest', 'approve', 'auto'] as const;

export const targetConfig = z.strictObject({
  name: serviceName,
  /** Source files that a heal may read and patch: globs against paths in the work tree. */
  source: z
    .strictObject({
      include: z.array(z.string().min(1)).min(1).default(['src/**']),
      exclude: z.array(z.string().min(1)).default(['**/*.spec.*', '**/*.test.*']),
    })
    .prefault({}),
  /** How to start it. `PORT` is set by who starts it. */
  start: z.strictObject({ command, env: z.record(z.string(), z.string()).default({}) }),
  health: z
    .strictObject({ path: z.string().startsWith('/').default('/healthz'), timeout_ms: z.int().min(100).max(300_000).default(15_000) })
    .prefault({}),
  /** Where the live target answers. `${VAR}` is taken from the environment. */
  base_url: z.string().min(1),
  replay: z
    .strictObject({
      /** Good requests that must keep working, besides those that the emitter recorded. */
      good: z
        .array(z.strictObject({ request: recordedRequest, expect: expectation.optional() }))
        .max(50)
        .default([]),
      /** Which unsafe requests (POST, PUT, PATCH, DELETE) may be replayed against the live target. */
      live_unsafe: z.enum(['never', 'with-idempotency-key', 'always']).default('never'),
      timeout_ms: z.int().min(50).max(120_000).default(10_000),
      /** How long real traffic is watched when the failing request may not be replayed. */
      watch_ms: z.int().min(0).max(3_600_000).default(30_000),
    })
    .prefault({}),
  test: z.strictObject({ command, timeout_ms: z.int().min(1000).max(3_600_000).default(120_000) }).optional(),
  types: z.strictObject({ command, timeout_ms: z.int().min(1000).max(600_000).default(60_000) }).optional(),
  deploy: z.strictObject({
    strategy: z.enum(['hot-reload']),
    /** The runner's control address, `${VAR}` allowed. */
    control_url: z.string().min(1),
  }),
  guardrails: z
    .strictObject({
      allow: z.array(z.string().min(1)).min(1).default(['src/**']),
      deny: z.array(z.string().min(1)).default([]),
      max_loc: z.int().min(1).max(10_000).default(60),
      max_files: z.int().min(1).max(100).default(3),
    })
    .prefault({}),
  autonomy: z.enum(AUTONOMY).default('approve'),
  /** `auto` deploys by itself only within these bounds; outside them it asks. */
  auto: z
    .strictObject({ max_risk: z.number().min(0).max(1).default(0.5), min_confidence: z.number().min(0).max(1).default(0.5) })
    .prefault({}),
});
export type TargetConfig = z.infer<typeof targetConfig>;

/** A target with the work tree that a heal acts on. */
export interface Target {
  readonly config: TargetConfig;
  /** Absolute path of its git work tree. */
  readonly root: string;
}
