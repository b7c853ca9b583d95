/** The customer's `HealingTrace`: what a person sees of one heal, folded from its events. */
import { z } from 'zod';
import { verification } from './payloads/delivery.js';
import { candidate, proof, verdict } from './payloads/patch.js';
import { cause, engineName } from './payloads/plan.js';
import { STEPS } from './pipeline.js';
import { digest, revision, score, serviceName, traceId } from './primitives.js';
import { TRACE_STATUS } from './trace-status.js';

export const healingStep = z.object({
  name: z.enum(STEPS),
  attempt: z.int(),
  status: z.enum(['running', 'succeeded', 'failed']),
  started_at: z.string(),
  ended_at: z.string().optional(),
  /** From the broker's clock: between the event that began the step and the one that ended it. */
  duration_ms: z.number().optional(),
  detail: z.string(),
});
export type HealingStep = z.infer<typeof healingStep>;

export const auditEntry = z.object({
  /** Position in the HEALING stream. */
  seq: z.int(),
  at: z.string(),
  actor: z.string(),
  action: z.string(),
  detail: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

export const healingTrace = z.object({
  trace_id: traceId,
  status: z.enum(TRACE_STATUS),
  target: serviceName,
  fingerprint: digest,
  failure: z.object({ type: z.string(), name: z.string(), message: z.string(), route: z.string().optional() }),
  attempt: z.int(),
  steps: z.array(healingStep),
  cause: cause
    .extend({ playbook: z.string(), engine: engineName, confidence: score, risk_score: score, instruction: z.string() })
    .optional(),
  code_change: candidate
    .extend({ engine: engineName, base_revision: revision, revision: revision.optional(), rolled_back: z.boolean() })
    .optional(),
  verdict: verdict.optional(),
  proof: proof.optional(),
  approval: z
    .object({ digest, state: z.enum(['requested', 'granted', 'denied']), by: z.string().optional(), reason: z.string() })
    .optional(),
  verification: verification.extend({ passed: z.boolean() }).optional(),
  /** Why it ended in ESCALATED, or why an attempt is being retried. */
  reason: z.string().optional(),
  audit: z.array(auditEntry),
  created_at: z.string(),
  updated_at: z.string(),
  ended_at: z.string().optional(),
  /** From the failure's arrival at the broker to the last event, in milliseconds. */
  total_ms: z.number(),
});
export type HealingTrace = z.infer<typeof healingTrace>;
