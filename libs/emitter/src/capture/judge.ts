import { failureType } from '../naming/failure-type.js';
import type { Failure } from '../payload/event.js';
import type { Exchange } from './exchange.js';

/** What an exchange that is over means: a failure to report, a good request to remember, or neither. */
export type Judgement = { readonly verdict: 'failed'; readonly failure: Omit<Failure, 'good'> } | { readonly verdict: 'good' | 'ignored' };

/**
 * Judges a finished exchange: 5xx is a failure of the API; slower than the objective is a failure too, unless the
 * response is a stream of events, which is slow by nature; a 2xx GET is good. Our own replays are none of it.
 */
export function judge(exchange: Exchange, route: string, objectiveMs: number | undefined): Judgement {
  const { status = 0, durationMs = 0, thrown, replay, reported, method } = exchange;
  if (replay || reported) return { verdict: 'ignored' };
  if (status >= 500) {
    const type = failureType(route, 'API');
    return { verdict: 'failed', failure: { type, thrown: thrown ?? unexplained(status, route), exchange, route } };
  }
  if (objectiveMs !== undefined && durationMs > objectiveMs && !/event-stream/.test(exchange.responseType ?? '')) {
    const failure = { type: failureType(route, 'LATENCY'), thrown: tooSlow(route, durationMs, objectiveMs), exchange, route, objectiveMs };
    return { verdict: 'failed', failure: { ...failure, expectation: { max_ms: objectiveMs } } };
  }
  return { verdict: method === 'GET' && status >= 200 && status < 300 ? 'good' : 'ignored' };
}

/** The handler answered 5xx by itself: there is no error to show. */
const unexplained = (status: number, route: string) => ({ name: 'HttpError', message: `${route} answered ${status}` });

const tooSlow = (route: string, took: number, objective: number) => ({
  name: 'SlowRequest',
  message: `${route} took ${Math.round(took)} ms, its objective is ${objective} ms`,
});
