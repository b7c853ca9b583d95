import type { Proof, TargetConfig } from '@selfheal/contracts';

/** What decides whether a human is asked. */
export interface ApprovalFacts {
  readonly autonomy: TargetConfig['autonomy'];
  readonly auto: TargetConfig['auto'];
  /** Of the plan (RCA_READY), 0 to 1. */
  readonly risk_score: number;
  readonly confidence: number;
  readonly proof: Pick<Proof, 'reproduced' | 'proven'>;
}

export interface Approval {
  readonly required: boolean;
  /** Every reason why; empty when nobody is asked. */
  readonly reason: string;
}

/** Whether policy wants a human before this patch is deployed. What was not proven is never automatic (design, rule 1). */
export function approvalFor({ autonomy, auto, risk_score, confidence, proof }: ApprovalFacts): Approval {
  const reasons = [
    ...(autonomy === 'auto' ? [] : [`the target's autonomy is ${autonomy}`]),
    ...(proof.reproduced ? [] : ['the failure could not be reproduced in the sandbox']),
    ...(proof.reproduced && !proof.proven ? ['the patch is not proven'] : []),
    // Written so that NaN asks.
    ...(risk_score <= auto.max_risk ? [] : [`risk ${round(risk_score)} is above ${auto.max_risk}`]),
    ...(confidence >= auto.min_confidence ? [] : [`confidence ${round(confidence)} is below ${auto.min_confidence}`]),
  ];
  return { required: reasons.length > 0, reason: reasons.join('; ') };
}

const round = (score: number): number => Math.round(score * 100) / 100;
