import { z } from 'zod';
import { replayResult } from '../http.js';
import { attempt, digest, milliseconds, revision, score, targetPath } from '../primitives.js';
import { engineName } from './plan.js';

export const candidate = z.object({
  /** SHA-256 of `diff`: the candidate's identity. */
  digest,
  /** Unified diff against `base_revision`, `a/` and `b/` prefixes. */
  diff: z.string().min(1).max(200_000),
  files: z.array(targetPath).min(1).max(20),
  /** Lines added plus lines removed. */
  loc: z.int().min(1),
  /** The codemod, mutation template or model that made it. */
  template: z.string().max(128),
  summary: z.string().max(1000),
  score,
});
export type Candidate = z.infer<typeof candidate>;

export const morphApplyRequested = z.object({ attempt, engine: engineName, playbook: z.string().max(64) });
export const morphApplySucceeded = z.object({
  attempt,
  engine: engineName,
  base_revision: revision,
  /** Best first. */
  candidates: z.array(candidate).min(1).max(50),
});

export const checkVerdict = z.object({
  check: z.string().max(64),
  group: z.enum(['allowlist', 'size', 'operation-safety', 'rollback', 'validation', 'testing', 'monitoring', 'audit']),
  passed: z.boolean(),
  reason: z.string().max(2000),
  evidence: z.array(z.string().max(1000)).max(50).default([]),
});
export type CheckVerdict = z.infer<typeof checkVerdict>;

/** The verdict on one candidate. The customer's four boxes are fields; every check that ran is in `checks`. */
export const verdict = z.object({
  passed: z.boolean(),
  allowlist: z.boolean(),
  max_loc: z.boolean(),
  no_secrets: z.boolean(),
  no_dangerous_ops: z.boolean(),
  checks: z.array(checkVerdict),
});
export type Verdict = z.infer<typeof verdict>;

/** One request on the base revision and on the patched one. */
export const differentialReplay = z.object({
  role: z.enum(['failing', 'good']),
  base: replayResult,
  patched: replayResult,
});

/** Differential replay in a sandbox copy (design, rule 1: proof before deploy). */
export const proof = z.object({
  /** The failing request fails on base and passes on the patch, and what passed before still passes. */
  proven: z.boolean(),
  /** Whether the failure could be reproduced on the base revision at all. Not reproduced means never automatic. */
  reproduced: z.boolean(),
  reason: z.string().max(2000),
  replays: z.array(differentialReplay),
  duration_ms: milliseconds,
});
export type Proof = z.infer<typeof proof>;

export const judged = z.object({ candidate: digest, verdict, proof: proof.optional() });
export type Judged = z.infer<typeof judged>;

export const guardrailPassed = z.object({
  attempt,
  candidate,
  verdict,
  proof,
  base_revision: revision,
  /** The reverse diff, shown to restore the base revision before the patch may go anywhere. */
  inverse: z.string().min(1),
  /** SHA-256 over patch, proof, verdict and base revision: what an approval is bound to. */
  digest,
  approval_required: z.boolean(),
  approval_reason: z.string().max(1000).default(''),
  /** Candidates that were judged before this one and did not pass. */
  rejected: z.array(judged).default([]),
});

export const guardrailRejected = z.object({ attempt, code: z.string(), reason: z.string().max(4000), rejected: z.array(judged) });
