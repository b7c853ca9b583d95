import type { Expectation } from './http.js';
import type { FailurePayload } from './payloads/failure.js';

/**
 * What a replay of the failing request must show: what the failure says, and for a request that was too slow its
 * objective, without which a slow answer would be a good one. Nothing when the failure says nothing.
 */
export function expectationOf({ expectation, duration_ms, objective_ms }: FailurePayload): Expectation | undefined {
  const slow = objective_ms !== undefined && duration_ms !== undefined && duration_ms > objective_ms;
  return slow && expectation?.max_ms === undefined ? { ...expectation, max_ms: objective_ms } : expectation;
}
