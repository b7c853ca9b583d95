/** Builds a failure event: data in, an event out that always parses with contracts' `failureEvent`. */
import type { Expectation, FailureEvent } from '@selfheal/contracts';
import type { Exchange } from '../capture/exchange.js';
import type { EmitterConfig } from '../emitter.config.js';
import { traceIdOf } from '../naming/trace.js';
import { failureError } from './error.js';
import { recordedRequest, recordedResponse } from './request.js';
import { bounded } from './text.js';

export interface Failure {
  readonly type: string;
  readonly thrown: unknown;
  readonly exchange?: Exchange | undefined;
  readonly route?: string | undefined;
  readonly expectation?: Expectation | undefined;
  /** Set for a latency failure: what the request was allowed to take, in milliseconds. */
  readonly objectiveMs?: number | undefined;
  /** Good exchanges, the latest last. */
  readonly good: readonly Exchange[];
}

/** What the outside world gives an event: `key` makes it one of its kind, `traceId` is used unless the request has one. */
export interface Stamp {
  readonly key: string;
  readonly traceId: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
}

export function failureEventOf(failure: Failure, config: EmitterConfig, stamp: Stamp): FailureEvent {
  const { exchange, type, objectiveMs, expectation } = failure;
  const route = failure.route ?? exchange?.route;
  const request = exchange && recordedRequest(exchange);
  const response = exchange && recordedResponse(exchange);
  return withinBound({
    type,
    key: stamp.key,
    timestamp: stamp.at,
    trace_id: traceIdOf(exchange?.headers.traceparent) ?? stamp.traceId,
    payload: {
      service: config.service,
      error: failureError(failure.thrown, config.roots),
      ...(route && { route: bounded(route, 512) }),
      ...(request && { request }),
      ...(response && { response }),
      ...(expectation && { expectation }),
      ...(exchange?.durationMs !== undefined && { duration_ms: exchange.durationMs }),
      ...(objectiveMs !== undefined && { objective_ms: objectiveMs }),
      recorded: failure.good.filter((good) => !same(good, exchange)).flatMap(recorded),
      ...(config.release && { release: config.release }),
    },
  });
}

const same = (a: Exchange, b: Exchange | undefined): boolean => a.method === b?.method && a.url === b.url;

function recorded(exchange: Exchange) {
  const [request, response] = [recordedRequest(exchange), recordedResponse(exchange)];
  return request && response ? [{ request, response }] : [];
}

const bytes = (event: FailureEvent): number => Buffer.byteLength(JSON.stringify(event));
/** contracts' `MAX_FAILURE_BYTES`, less room for the headers. A spec holds them together: the value itself would load zod into the host. */
export const MAX_EVENT_BYTES = 262_144 - 1024;

/** Leaves out what matters least until the event is within contracts' bound: bodies of good responses, good requests, the response. */
function withinBound(event: FailureEvent): FailureEvent {
  const { payload } = event;
  const bodiless = payload.recorded.map(({ request, response }) => ({ request, response: { status: response.status } }));
  const { response, request, ...bare } = payload;
  const choices = [
    payload,
    { ...payload, recorded: bodiless },
    { ...payload, recorded: [] },
    { ...bare, ...(request && { request }), recorded: [] },
    { ...bare, recorded: [] },
    { ...bare, recorded: [], error: { ...bare.error, issues: undefined, stack: bare.error.stack?.slice(0, 8192) } },
  ];
  const fitting = choices.find((choice) => bytes({ ...event, payload: choice }) <= MAX_EVENT_BYTES) ?? choices.at(-1);
  return { ...event, payload: fitting ?? payload };
}
