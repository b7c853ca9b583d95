import { randomBytes } from 'node:crypto';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import type { FailureEvent, HealingEvent, Target } from '@selfheal/contracts';
import { type HealContext, Hears, type Outcome, say, TerminalError } from '@selfheal/messaging';
import { TargetRegistry } from '@selfheal/targets';
import { stackProblem } from './check-stack.js';
import { fingerprint } from './fingerprint.js';
import { IncidentStore } from './incident-store.js';

@Controller()
export class DetectorController {
  constructor(
    @Inject(TargetRegistry) private readonly targets: TargetRegistry,
    @Inject(IncidentStore) private readonly incidents: IncidentStore,
  ) {}

  @Hears('FAILURE')
  async startHealing(@Payload() event: FailureEvent, @Ctx() ctx: HealContext): Promise<Outcome[]> {
    const target = this.#targetOf(event);
    const key = fingerprint(event, target.root);
    const wanted = event.trace_id ?? newTraceId();
    const seen = { seq: ctx.seq, at: ctx.at, trace_id: wanted, target: target.config.name };
    const { verdict, traceId } = await this.incidents.see(key, seen);
    if (verdict !== 'opened') return [];
    const trace = await this.#freeTrace(key, traceId, ctx);
    return [
      say(
        'HEALING_STARTED',
        { attempt: 1, target: target.config.name, fingerprint: key, failure_type: event.type, failure: event.payload, failed_at: ctx.at },
        trace,
      ),
    ];
  }

  @Hears('HEALED')
  async rememberHealed(@Payload() event: HealingEvent<'HEALED'>, @Ctx() ctx: HealContext): Promise<Outcome[]> {
    return this.#end('healed', event, ctx);
  }

  @Hears('ESCALATED')
  async coolDown(@Payload() event: HealingEvent<'ESCALATED'>, @Ctx() ctx: HealContext): Promise<Outcome[]> {
    return this.#end('escalated', event, ctx);
  }

  async #end(status: 'healed' | 'escalated', event: HealingEvent, ctx: HealContext): Promise<Outcome[]> {
    const started = await ctx.require('HEALING_STARTED', 1);
    await this.incidents.end(started.payload.fingerprint, event.trace_id, status, ctx.at);
    return [];
  }

  #targetOf({ payload }: FailureEvent): Target {
    const target = this.targets.require(payload.service);
    const problem = stackProblem(payload.error.stack, target.root);
    if (problem) throw new TerminalError('stack-outside-target', problem);
    return target;
  }

  /** A trace id has one heal. When an emitter uses that of an older heal again, this one gets an id of its own. */
  async #freeTrace(key: string, traceId: string, ctx: HealContext): Promise<string> {
    const [mine, taken] = await Promise.all([this.incidents.claim(traceId, key), ctx.findIn(traceId, 'HEALING_STARTED', 1)]);
    if ((mine && !taken) || (taken?.payload.fingerprint === key && taken.payload.failed_at === ctx.at)) return traceId;
    const fresh = newTraceId();
    await this.incidents.retrace(key, traceId, fresh);
    return fresh;
  }
}

const newTraceId = (): string => randomBytes(16).toString('hex');
