import { Controller, Inject } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { type HealingEvent, LEARNING_RECORD, learningRecord } from '@selfheal/contracts';
import { standing } from '@selfheal/engine';
import { headRevision, readSnapshot } from '@selfheal/git';
import { type HealContext, Hears, type Outcome, say } from '@selfheal/messaging';
import type { DiagnosePort } from '@selfheal/models';
import { ownFailure } from '@selfheal/playbooks';
import { TargetRegistry } from '@selfheal/targets';
import { ignoredFrames } from './evidence.js';

export const DIAGNOSE = Symbol('DiagnosePort');

@Controller()
export class RcaController {
  constructor(
    @Inject(TargetRegistry) private readonly targets: TargetRegistry,
    @Inject(DIAGNOSE) private readonly diagnoser: DiagnosePort,
  ) {}

  @Hears('HEALING_STARTED')
  async findCause(@Payload() event: HealingEvent<'HEALING_STARTED'>, @Ctx() ctx: HealContext): Promise<Outcome[]> {
    return this.#plan(event, event.payload.attempt, [], ctx);
  }

  @Hears('RETRY_REQUESTED')
  async findAnotherCause(@Payload() event: HealingEvent<'RETRY_REQUESTED'>, @Ctx() ctx: HealContext): Promise<Outcome[]> {
    const { attempt, reason, rejected_digests: rejected } = event.payload;
    ctx.progress(`attempt ${attempt}: ${reason.slice(0, 300)}; ${rejected.length} patch(es) will not be tried again`);
    return this.#plan(await ctx.require('HEALING_STARTED', 1), attempt, rejected, ctx);
  }

  async #plan(
    { payload: incident }: HealingEvent<'HEALING_STARTED'>,
    attempt: number,
    rejected: readonly string[],
    ctx: HealContext,
  ): Promise<Outcome[]> {
    const target = this.targets.require(incident.target);
    const revision = await headRevision(target.root);
    const sources = await readSnapshot(target.root, revision, { ...target.config.source, signal: ctx.signal });
    const { failure, ignored } = ownFailure(incident.failure, sources, target.root);
    for (const { file, reason } of ignored.slice(0, 3)) ctx.progress(`stack frame ignored: ${JSON.stringify(file)}, ${reason}`, 'warn');
    const known = (await ctx.learned(LEARNING_RECORD, learningRecord))?.playbooks ?? {};
    const trackRecord = (playbook: string) => standing(Object.hasOwn(known, playbook) ? known[playbook] : undefined);
    const request = { failureType: incident.failure_type, failure, sources, attempt, rejected: new Set(rejected), trackRecord };
    const answer = await this.diagnoser.diagnose(request, ctx.signal);
    if ('declined' in answer) {
      const { code, reason, tried } = answer.declined;
      ctx.progress(`no plan: ${reason.slice(0, 300)}`, 'warn');
      return [say('RCA_FAILED', { attempt, code, reason: reason.slice(0, 4000), tried: [...tried] })];
    }
    const { cause } = answer.plan;
    ctx.progress(`${answer.plan.playbook}: ${cause.summary.slice(0, 300)}`);
    const evidence = [...cause.evidence.slice(0, 19), ...ignoredFrames(ignored)];
    return [say('RCA_READY', { ...answer.plan, cause: { ...cause, evidence }, attempt, base_revision: revision })];
  }
}
