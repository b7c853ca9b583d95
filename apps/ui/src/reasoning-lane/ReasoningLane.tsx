'use client';
import type { HealingTrace } from '@selfheal/contracts';
import type { GatewayClient } from '../gateway/gateway-client';
import { Lane } from '../shared/Lane';
import { ApprovalCard } from './ApprovalCard';
import { CauseCard } from './CauseCard';
import { GuardrailCard } from './GuardrailCard';
import { PatchCard } from './PatchCard';
import { ProofCard } from './ProofCard';
import classes from './reasoning-lane.module.css';
import { VerificationCard } from './VerificationCard';

/** Why this patch and not another: cause, plan, patch, guardrails, proof, and what the live target said. */
export function ReasoningLane({ trace, client }: { trace: HealingTrace; client: GatewayClient }) {
  return (
    <Lane title="Reasoning">
      <div className={classes.cards} data-testid="reasoning-lane">
        {trace.approval && <ApprovalCard trace={trace} approval={trace.approval} client={client} />}
        <CauseCard cause={trace.cause} failed={trace.status === 'ESCALATED'} />
        {trace.code_change && <PatchCard change={trace.code_change} />}
        {trace.code_change && <GuardrailCard verdict={trace.verdict} />}
        {trace.proof && <ProofCard proof={trace.proof} />}
        {trace.verification && <VerificationCard verification={trace.verification} />}
      </div>
    </Lane>
  );
}
