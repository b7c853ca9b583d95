import type { Expectation } from '@selfheal/contracts';
import { missingFrom } from './json-subset.js';

/** How a server answered a replayed request; without a status it did not. */
export interface Answer {
  readonly status?: number;
  readonly body: string;
  /** Until the last byte of the response, or until it was given up. Milliseconds. */
  readonly duration_ms: number;
  /** Why there is no whole answer. */
  readonly failure?: string;
}

/** What an answer lacks: `latency` when only the time was too long. */
export type Fault = 'no-answer' | 'status' | 'json' | 'latency';
export interface Judgement {
  readonly fault?: Fault;
  /** Empty when it passed. */
  readonly reason: string;
}

const PASSED: Judgement = { reason: '' };

/**
 * Whether an answer is what was expected. Every field of the expectation must hold; without one, and without a status in
 * it, the status must be below 500.
 */
export function judge(expectation: Expectation | undefined, answer: Answer): Judgement {
  const { status, body, duration_ms, failure } = answer;
  if (status === undefined || failure) return { fault: 'no-answer', reason: failure ?? 'no answer' };
  if (expectation?.status !== undefined ? status !== expectation.status : status >= 500) {
    return { fault: 'status', reason: `status ${status} instead of ${expectation?.status ?? 'one below 500'}` };
  }
  if (expectation?.json !== undefined) {
    const reason = jsonFault(body, expectation.json);
    if (reason) return { fault: 'json', reason };
  }
  if (expectation?.max_ms !== undefined && duration_ms > expectation.max_ms) {
    return { fault: 'latency', reason: `took ${Math.round(duration_ms)} ms, allowed are ${expectation.max_ms} ms` };
  }
  return PASSED;
}

function jsonFault(body: string, expected: unknown): string | undefined {
  let actual: unknown;
  try {
    actual = JSON.parse(body);
  } catch {
    return 'the body is not JSON';
  }
  const missing = missingFrom(actual, expected);
  return missing && `the body is not as expected at ${missing.slice(0, 200)}`;
}
