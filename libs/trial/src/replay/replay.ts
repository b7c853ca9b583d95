import type { Expectation, RecordedRequest, ReplayResult } from '@selfheal/contracts';
import { type Answer, type Judgement, judge } from './judge.js';
import { type SendOptions, send } from './send.js';

export interface ReplayOptions extends SendOptions {
  /** What the answer must show; without it, a status below 500. */
  readonly expectation?: Expectation;
}

/**
 * Sends a recorded request to the server at `baseUrl` (`http://host:port`, a path is put before the request's) and
 * judges its answer. Never follows a path to another host. Rejects only when `signal` fires.
 */
export async function replayRequest(baseUrl: string, request: RecordedRequest, options: ReplayOptions): Promise<ReplayResult> {
  const answer = await send(baseUrl, request, options);
  return toResult(request, answer, judge(options.expectation, answer));
}

/** An answer and what was found of it in the form of the contract. */
export function toResult(request: RecordedRequest, answer: Answer, { reason, fault }: Judgement): ReplayResult {
  const { method, path } = request;
  const duration_ms = Math.round(answer.duration_ms * 10) / 10;
  return { request: { method, path }, passed: fault === undefined, status: answer.status, duration_ms, reason: reason.slice(0, 2000) };
}
