/** What the guardrail says when it has judged. Pure. */
import type { Judged, Payload, Target } from '@selfheal/contracts';
import { type Outcome, say } from '@selfheal/messaging';
import { proofDigest } from '@selfheal/policy';
import { approvalFor } from './approval.js';
import { rejectionCode, whyNot } from './judge.js';
import type { Tried } from './try-candidates.js';

export interface Judgement {
  readonly attempt: number;
  readonly baseRevision: string;
  readonly target: Target;
  readonly plan: Pick<Payload<'RCA_READY'>, 'risk_score' | 'confidence'>;
}

/** GUARDRAIL_PASSED (and APPROVAL_REQUESTED when policy wants a human), or GUARDRAIL_REJECTED with every candidate judged. */
export function outcomesOf({ winner, rejected: judged, outOfTime }: Tried, { attempt, baseRevision, target, plan }: Judgement): Outcome[] {
  if (!winner) {
    const why = judged.map(whyNot).join('\n');
    if (outOfTime) return [rejected(attempt, 'time-out', `time ran out after ${judged.length} candidate(s)\n${why}`, judged)];
    if (judged.length === 0) return [rejected(attempt, 'nothing-new', 'every candidate was tried in an earlier attempt')];
    return [rejected(attempt, rejectionCode(judged), why, judged)];
  }
  const { candidate, verdict, proof, inverse } = winner;
  const { autonomy, auto } = target.config;
  const approval = approvalFor({ autonomy, auto, risk_score: plan.risk_score, confidence: plan.confidence, proof });
  const digest = proofDigest({ diff: candidate.diff, proof, verdict, base_revision: baseRevision });
  const passed = say('GUARDRAIL_PASSED', {
    attempt,
    candidate,
    verdict,
    proof,
    base_revision: baseRevision,
    inverse,
    digest,
    approval_required: approval.required,
    approval_reason: approval.reason,
    rejected: [...judged],
  });
  return approval.required ? [passed, say('APPROVAL_REQUESTED', { attempt, digest, reason: approval.reason })] : [passed];
}

/** No candidate may go on. `code`: `base-drifted`, `observe-only`, `policy`, `not-proven`, `time-out`, `nothing-new`. */
export const rejected = (attempt: number, code: string, reason: string, judged: readonly Judged[] = []): Outcome =>
  say('GUARDRAIL_REJECTED', { attempt, code, reason: reason.slice(0, 4000), rejected: [...judged] });
