import { Controller, Inject } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import type { HealingEvent, Target } from '@selfheal/contracts';
import { type HealContext, Hears, type Outcome } from '@selfheal/messaging';
import { strategyOf, TargetRegistry } from '@selfheal/targets';
import {
  approvalMismatch,
  approvalProblem,
  digestMismatch,
  digestProblem,
  reloadDone,
  reloadFailed,
  rollbackDone,
  rollbackFailed,
} from './outcomes.js';
import { TargetLease } from './target-lease.js';

/** The only writer: nobody else changes a target. */
@Controller()
export class DeployerController {
  constructor(
    @Inject(TargetRegistry) private readonly targets: TargetRegistry,
    @Inject(TargetLease) private readonly lease: TargetLease,
  ) {}

  @Hears('GUARDRAIL_PASSED')
  async deployUnlessAsked(@Payload() event: HealingEvent<'GUARDRAIL_PASSED'>, @Ctx() ctx: HealContext): Promise<Outcome[]> {
    return event.payload.approval_required ? [] : this.#deploy(event, ctx);
  }

  @Hears('APPROVAL_GRANTED')
  async deployApproved(@Payload() event: HealingEvent<'APPROVAL_GRANTED'>, @Ctx() ctx: HealContext): Promise<Outcome[]> {
    const passed = await ctx.require('GUARDRAIL_PASSED');
    const problem = approvalProblem(passed.payload, event.payload);
    return problem ? [approvalMismatch(ctx.attempt, problem)] : this.#deploy(passed, ctx);
  }

  @Hears('ROLLBACK_REQUESTED')
  async rollBack(@Payload() event: HealingEvent<'ROLLBACK_REQUESTED'>, @Ctx() ctx: HealContext): Promise<Outcome[]> {
    const target = await this.#targetOf(ctx);
    const { attempt, revision, previous_revision: previousRevision, reason } = event.payload;
    const { traceId, signal } = ctx;
    ctx.progress(`rolling back ${revision.slice(0, 10)}: ${reason}`);
    try {
      return [
        rollbackDone(attempt, await strategyOf(target).rollback({ target, traceId, attempt, revision, previousRevision, reason, signal })),
      ];
    } catch (error) {
      return [rollbackFailed(attempt, error)];
    }
  }

  @Hears('HEALED')
  async releaseHealed(@Payload() _event: HealingEvent<'HEALED'>, @Ctx() ctx: HealContext): Promise<Outcome[]> {
    return this.#release(ctx);
  }

  @Hears('ESCALATED')
  async releaseEscalated(@Payload() _event: HealingEvent<'ESCALATED'>, @Ctx() ctx: HealContext): Promise<Outcome[]> {
    return this.#release(ctx);
  }

  async #deploy({ payload }: HealingEvent<'GUARDRAIL_PASSED'>, ctx: HealContext): Promise<Outcome[]> {
    const problem = digestProblem(payload);
    if (problem) return [digestMismatch(payload.attempt, problem)];
    const target = await this.#targetOf(ctx);
    await this.#waitForLease(target, ctx);
    const turn = await this.#turn(ctx);
    if (turn === 'over') return this.#release(ctx);
    if (turn === 'later-attempt') return [];
    const { attempt, candidate, base_revision: baseRevision } = payload;
    const { traceId, signal } = ctx;
    const strategy = strategyOf(target);
    ctx.progress(`deploying by ${strategy.name}: ${candidate.summary}`);
    try {
      const deployed = await strategy.deploy({
        target,
        traceId,
        attempt,
        baseRevision,
        signal,
        diff: candidate.diff,
        digest: candidate.digest,
        summary: candidate.summary,
      });
      ctx.progress(`${deployed.revision.slice(0, 10)} is live after ${Math.round(deployed.reloadMs)} ms, no request dropped`);
      return [reloadDone(payload, strategy.name, deployed)];
    } catch (error) {
      return [reloadFailed(attempt, error)];
    }
  }

  async #waitForLease(target: Target, ctx: HealContext): Promise<void> {
    const { name } = target.config;
    for (;;) {
      const lease = await this.lease.take(name, ctx.traceId);
      if (lease.taken) return;
      ctx.signal.throwIfAborted();
      ctx.progress(`waiting for ${name}: heal ${lease.holder.slice(0, 8)} is changing it`);
      await this.lease.changed(name, ctx.signal);
    }
  }

  /**
   * While it waited for the target the heal may have been given up, or gone on to another attempt: that one has the lease
   * then, for it is the heal's, and releases it at its end.
   */
  async #turn(ctx: HealContext): Promise<'now' | 'later-attempt' | 'over'> {
    let current = ctx.attempt;
    while (await ctx.find('RETRY_REQUESTED', current + 1)) current++;
    const ends = await Promise.all([ctx.find('ESCALATED', current), ctx.find('HEALED', current)]);
    if (ends.some(Boolean)) return 'over';
    return current === ctx.attempt ? 'now' : 'later-attempt';
  }

  async #release(ctx: HealContext): Promise<Outcome[]> {
    const started = await ctx.require('HEALING_STARTED', 1);
    await this.lease.release(started.payload.target, ctx.traceId);
    return [];
  }

  async #targetOf(ctx: HealContext): Promise<Target> {
    const started = await ctx.require('HEALING_STARTED', 1);
    return this.targets.require(started.payload.target);
  }
}
