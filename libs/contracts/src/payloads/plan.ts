import { z } from 'zod';
import { FAILURE_TYPE } from '../pipeline.js';
import { attempt, digest, revision, score, serviceName, targetPath } from '../primitives.js';
import { failurePayload } from './failure.js';

/** Who produced a plan or a patch. `rules` is the deterministic engine; other values name a model provider. */
export const engineName = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,63}$/);

export const sourceLocation = z.object({
  file: targetPath,
  /** 1-based. */
  line: z.int().min(1),
  /** 1-based, UTF-16 code units. */
  column: z.int().min(1).optional(),
  function: z.string().max(256).optional(),
});
export type SourceLocation = z.infer<typeof sourceLocation>;

export const evidence = z.object({
  kind: z.enum(['stack', 'source', 'request', 'schema', 'config', 'commit', 'history']),
  summary: z.string().max(1000),
  location: sourceLocation.optional(),
  /** Source lines around the location, or other text worth showing. */
  excerpt: z.string().max(8000).optional(),
});
export type Evidence = z.infer<typeof evidence>;

export const FAMILIES = ['api', 'runtime', 'logic', 'configuration', 'performance', 'build', 'deployment', 'infrastructure'] as const;

export const healingStarted = z.object({
  attempt,
  target: serviceName,
  /** SHA-256 over normalised type, message, in-app frames and route: what makes two failures one incident. */
  fingerprint: digest,
  failure_type: z.string().max(128).regex(FAILURE_TYPE),
  failure: failurePayload,
  /** When the failure was stored by the broker, ISO 8601: detection time counts from here. */
  failed_at: z.string(),
});

export const cause = z.object({
  summary: z.string().max(2000),
  category: z.enum(FAMILIES),
  location: sourceLocation.optional(),
  evidence: z.array(evidence).max(20),
});
export type Cause = z.infer<typeof cause>;

export const rcaReady = z.object({
  attempt,
  engine: engineName,
  playbook: z.string().max(64),
  cause,
  /** What to change, in words and as data that the playbook of that name understands. */
  patch_spec: z.object({
    instruction: z.string().max(4000),
    files: z.array(targetPath).max(20),
    data: z.record(z.string(), z.json()).default({}),
  }),
  risk_score: score,
  confidence: score,
  base_revision: revision,
});
export type RcaReady = z.infer<typeof rcaReady>;

/** Why a step could not do its work. `tried` says what was looked at, so that a person need not look again. */
export const stepFailed = z.object({
  attempt,
  /** Stable, machine-readable: branch on this, never on `reason`. */
  code: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/),
  reason: z.string().max(4000),
  tried: z.array(z.string().max(500)).max(100).default([]),
});
export type StepFailed = z.infer<typeof stepFailed>;

/** The target moved on since the plan was made: patches against the old base say nothing about the new one. */
export const BASE_DRIFTED = 'base-drifted';
/**
 * Codes of a failed step after which the same heal is worth another attempt although nothing was learned: the cause lies outside the
 * plan and may be gone. Every other code means that the same plan would fail in the same way.
 */
export const RETRYABLE_CODES: ReadonlySet<string> = new Set([BASE_DRIFTED, 'target-busy', 'transient']);

export const retryRequested = z.object({
  /** The attempt that begins now. */
  attempt,
  reason: z.string().max(4000),
  /** Digests of patches that were tried and must not be tried again. */
  rejected_digests: z.array(digest).max(200).default([]),
});
