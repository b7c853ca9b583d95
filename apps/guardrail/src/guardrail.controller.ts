import { Controller, Inject } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import type { HealingEvent } from '@selfheal/contracts';
import { headRevision } from '@selfheal/git';
import { type HealContext, Hears, type Outcome } from '@selfheal/messaging';
import { CONFIG } from '@selfheal/service';
import { TargetRegistry } from '@selfheal/targets';
import type { GuardrailConfig } from './guardrail.config.js';
import { order } from './judge.js';
import { outcomesOf, rejected } from './outcomes.js';
import { type OpenSandbox, SANDBOX } from './sandbox-port.js';
import { tryCandidates } from './try-candidates.js';

/** Policy and proof: nothing reaches a target that has not passed here. */
@Controller()
export class GuardrailController {
  constructor(
    @Inject(TargetRegistry) private readonly targets: TargetRegistry,
    @Inject(CONFIG) private readonly config: GuardrailConfig,
    @Inject(SANDBOX) private readonly openSandbox: OpenSandbox,
  ) {}

  @Hears('MORPH_APPLY_SUCCEEDED')
  async judge(@Payload() { payload }: HealingEvent<'MORPH_APPLY_SUCCEEDED'>, @Ctx() ctx: HealContext): Promise<Outcome[]> {
    const { attempt, candidates, base_revision: baseRevision } = payload;
    const [started, plan, retry] = await Promise.all([
      ctx.require('HEALING_STARTED', 1),
      ctx.require('RCA_READY'),
      ctx.find('RETRY_REQUESTED'),
    ]);
    const target = this.targets.require(started.payload.target);
    if (target.config.autonomy === 'observe') {
      return [rejected(attempt, 'observe-only', 'the target is only observed: nothing may be deployed to it')];
    }
    const head = await headRevision(target.root);
    if (head !== baseRevision) {
      return [
        rejected(attempt, 'base-drifted', `the target is at ${head.slice(0, 10)}, the candidates are for ${baseRevision.slice(0, 10)}`),
      ];
    }
    const fresh = order(candidates, retry?.payload.rejected_digests ?? [], this.config.MAX_CANDIDATES);
    ctx.progress(`judging ${fresh.length} of ${candidates.length} candidate(s)`);
    const tried = await tryCandidates(fresh, {
      target,
      baseRevision,
      traceId: ctx.traceId,
      failure: started.payload.failure,
      openSandbox: this.openSandbox,
      signal: AbortSignal.any([ctx.signal, AbortSignal.timeout(this.config.JUDGE_BUDGET_MS)]),
      progress: (line) => ctx.progress(line),
    });
    // The service stops: another replica, or this one later, judges again.
    ctx.signal.throwIfAborted();
    return outcomesOf(tried, { attempt, baseRevision, target, plan: plan.payload });
  }
}
