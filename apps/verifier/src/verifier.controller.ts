import { Controller, Inject } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { expectationOf, type HealingEvent, type Payload as PayloadOf, type ReplayResult, type Target } from '@selfheal/contracts';
import { Broker, type HealContext, Hears, type Outcome, say } from '@selfheal/messaging';
import { liveUrl, TargetRegistry } from '@selfheal/targets';
import { replayRequest } from '@selfheal/trial';
import { type GoodRequest, goodRequests, judgeLive, mayReplay } from './live-replay.js';
import { failureRecurs } from './watch-failures.js';

@Controller()
export class VerifierController {
  constructor(
    @Inject(TargetRegistry) private readonly targets: TargetRegistry,
    @Inject(Broker) private readonly broker: Broker,
  ) {}

  @Hears('RELOAD_DONE')
  async verifyLive(@Payload() event: HealingEvent<'RELOAD_DONE'>, @Ctx() ctx: HealContext): Promise<Outcome[]> {
    const [started, passed] = await Promise.all([ctx.require('HEALING_STARTED', 1), ctx.require('GUARDRAIL_PASSED')]);
    const target = this.targets.require(started.payload.target);
    const { failure } = started.payload;
    const recorded = failure.recorded.map(({ request, response }) => ({ request, expectation: { status: response.status } }));
    const good = goodRequests(target.config, recorded, passed.payload.proof);
    const replayable = failure.request !== undefined && mayReplay(failure.request, target.config.replay.live_unsafe);
    const [failing, recurred, goodResults, healthy] = await Promise.all([
      replayable && failure.request
        ? this.#replay(target, { request: failure.request, expectation: expectationOf(failure) }, ctx)
        : undefined,
      replayable ? false : this.#recurs(target, started.payload, ctx),
      Promise.all(good.map((request) => this.#replay(target, request, ctx))),
      this.#isHealthy(target, ctx),
    ]);
    const facts = { mode: replayable ? ('replay' as const) : ('watch' as const), failing, recurred, good: goodResults, healthy };
    const verdict = judgeLive(facts);
    ctx.progress(verdict.reason, verdict.passed ? 'info' : 'error');
    const { mode } = facts;
    const payload = { attempt: event.payload.attempt, mode, failing, good: goodResults, healthy, reason: verdict.reason.slice(0, 2000) };
    return [say(verdict.passed ? 'VERIFY_REPLAY_PASS' : 'VERIFY_REPLAY_FAIL', payload)];
  }

  #replay(target: Target, { request, expectation }: GoodRequest, ctx: HealContext): Promise<ReplayResult> {
    const { timeout_ms: timeoutMs } = target.config.replay;
    return replayRequest(liveUrl(target), request, { expectation, timeoutMs, traceId: ctx.traceId, signal: ctx.signal });
  }

  async #isHealthy(target: Target, ctx: HealContext): Promise<boolean> {
    const request = { method: 'GET' as const, path: target.config.health.path, headers: {} };
    return (await this.#replay(target, { request }, ctx)).passed;
  }

  #recurs(target: Target, { failure, failure_type: type }: PayloadOf<'HEALING_STARTED'>, ctx: HealContext): Promise<boolean> {
    const { watch_ms: windowMs } = target.config.replay;
    ctx.progress(`the failing request is not safe to repeat: watching real traffic for ${windowMs} ms`);
    const watched = { service: failure.service, type, route: failure.route, errorName: failure.error.name };
    return failureRecurs(this.broker, watched, windowMs, ctx.signal);
  }
}
