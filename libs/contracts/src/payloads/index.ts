import type { z } from 'zod';
import type { HealingEventType } from '../pipeline.js';
import * as delivery from './delivery.js';
import * as patch from './patch.js';
import * as plan from './plan.js';

/** The payload schema of each event of a heal. */
export const PAYLOADS = {
  HEALING_STARTED: plan.healingStarted,
  RCA_READY: plan.rcaReady,
  RCA_FAILED: plan.stepFailed,
  MORPH_APPLY_REQUESTED: patch.morphApplyRequested,
  MORPH_APPLY_SUCCEEDED: patch.morphApplySucceeded,
  MORPH_APPLY_FAILED: plan.stepFailed,
  GUARDRAIL_PASSED: patch.guardrailPassed,
  GUARDRAIL_REJECTED: patch.guardrailRejected,
  APPROVAL_REQUESTED: delivery.approvalRequested,
  APPROVAL_GRANTED: delivery.approvalDecided,
  APPROVAL_DENIED: delivery.approvalDecided,
  RELOAD_DONE: delivery.reloadDone,
  RELOAD_FAILED: plan.stepFailed,
  VERIFY_REPLAY_PASS: delivery.verification,
  VERIFY_REPLAY_FAIL: delivery.verification,
  ROLLBACK_REQUESTED: delivery.rollbackRequested,
  ROLLBACK_DONE: delivery.rollbackDone,
  ROLLBACK_FAILED: plan.stepFailed,
  RETRY_REQUESTED: plan.retryRequested,
  HEALED: delivery.healed,
  ESCALATED: delivery.escalated,
} as const satisfies Record<HealingEventType, z.ZodType>;

export type Payload<T extends HealingEventType> = z.infer<(typeof PAYLOADS)[T]>;
