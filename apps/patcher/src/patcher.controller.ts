import { Controller, Inject } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { type HealingEvent, LEARNING_RECORD, learnedFixes, learnedFixesKey, learningRecord } from '@selfheal/contracts';
import { readSnapshot } from '@selfheal/git';
import { type HealContext, Hears, type Outcome, say } from '@selfheal/messaging';
import type { ApplyPort } from '@selfheal/models';
import { ownFailure } from '@selfheal/playbooks';
import { TargetRegistry } from '@selfheal/targets';
import { describe } from './decide.js';
import { withLearned } from './learned.js';

export const APPLY = Symbol('ApplyPort');

@Controller()
export class PatcherController {
  constructor(
    @Inject(TargetRegistry) private readonly targets: TargetRegistry,
    @Inject(APPLY) private readonly applier: ApplyPort,
  ) {}

  @Hears('RCA_READY')
  async makeCandidates(@Payload() { payload: plan }: HealingEvent<'RCA_READY'>, @Ctx() ctx: HealContext): Promise<Outcome[]> {
    const { attempt, playbook, base_revision } = plan;
    const [incident, retry] = await Promise.all([
      ctx.require('HEALING_STARTED', 1),
      attempt > 1 ? ctx.find('RETRY_REQUESTED', attempt) : undefined,
    ]);
    const { target: name, fingerprint } = incident.payload;
    const target = this.targets.require(name);
    const engine = this.applier.name;
    await ctx.say(say('MORPH_APPLY_REQUESTED', { attempt, engine, playbook }));
    const sources = await readSnapshot(target.root, base_revision, { ...target.config.source, signal: ctx.signal });
    const { failure } = ownFailure(incident.payload.failure, sources, target.root);
    const rejected = new Set(retry?.payload.rejected_digests);
    const [proposed, fixes, record] = await Promise.all([
      this.applier.apply({ plan, failure, sources, rejected }, ctx.signal),
      ctx.learned(learnedFixesKey(fingerprint), learnedFixes),
      ctx.learned(LEARNING_RECORD, learningRecord),
    ]);
    const candidates = withLearned(proposed, { fixes, record }, { target: name, sources, rejected });
    for (const [i, candidate] of candidates.entries()) ctx.progress(describe(candidate, i));
    if (candidates.length > 0) return [say('MORPH_APPLY_SUCCEEDED', { attempt, engine, base_revision, candidates })];
    const reason = `${playbook} has no patch left that applies at ${base_revision.slice(0, 10)}`;
    ctx.progress(reason, 'warn');
    const tried = [...rejected].slice(0, 100).map((digest) => `${digest.slice(0, 12)}: tried before`);
    return [say('MORPH_APPLY_FAILED', { attempt, code: 'no-candidates', reason, tried })];
  }
}
