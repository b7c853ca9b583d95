import { setTimeout as delay } from 'node:timers/promises';
import { type HealingTrace, healingTrace, isFinal, type RecordedResponse } from '@selfheal/contracts';
import { applyFault, type Fault, resetTarget } from '@selfheal/stack';
import { CommandError } from '../errors.js';
import type { System } from '../system/system.js';
import type { HealFollower, HealListener } from './follow.js';
import { trigger } from './trigger.js';

export interface BreakListener extends HealListener {
  /** The bad deploy is live. */
  deployed?(revision: string): void;
  /** The failing request was answered. */
  failed?(response: RecordedResponse): void;
}

/** Brings the shop back to its good source, live. */
export async function makeGood({ target, shop }: System): Promise<void> {
  if (await resetTarget(target.root, target.revision)) await shop.reload();
}

/** Deploys the fault and sends its failing request. Resolves with the answer. */
export async function breakShop(system: System, fault: Fault, listener: BreakListener = {}): Promise<RecordedResponse> {
  const revision = await applyFault(system.target.root, fault);
  await system.shop.reload();
  listener.deployed?.(revision);
  const response = await trigger(fault, system.shop.at.url, system.gatewayUrl);
  listener.failed?.(response);
  return response;
}

/**
 * Breaks the shop and follows the heal to its end, well or badly. @throws HealTimedOut, ProcessError when a process of the
 * system dies meanwhile
 */
export async function breakAndHeal(
  system: System,
  follower: HealFollower,
  fault: Fault,
  options: { readonly listener?: BreakListener; readonly deadlineMs: number; readonly signal: AbortSignal },
): Promise<HealingTrace> {
  const { listener = {}, deadlineMs, signal } = options;
  const ended = follower.next('shop', listener, deadlineMs, signal);
  ended.catch(() => undefined);
  await breakShop(system, fault, listener);
  const end = await Promise.race([ended, system.crashed]);
  return traceOf(system.gatewayUrl, end.trace_id, signal);
}

/** The heal as the gateway tells it: its projection may be a moment behind the stream. */
async function traceOf(gatewayUrl: string, traceId: string, signal: AbortSignal): Promise<HealingTrace> {
  const until = Date.now() + 10_000;
  let seen = 'nothing';
  while (Date.now() < until) {
    const response = await fetch(`${gatewayUrl}/api/v1/traces/${traceId}`, { signal });
    const body = await response.text();
    if (response.ok) {
      const trace = healingTrace.parse(JSON.parse(body));
      if (isFinal(trace.status)) return trace;
      seen = trace.status;
    } else seen = `HTTP ${response.status}`;
    await delay(20, undefined, { signal });
  }
  throw new CommandError(`the gateway does not tell the end of heal ${traceId}: ${seen}`, 1);
}
