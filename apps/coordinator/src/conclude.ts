/** What each decision does to the state: it is as if the event had been said already. */
import { BASE_DRIFTED, RETRYABLE_CODES } from '@selfheal/contracts';
import { say } from '@selfheal/messaging';
import { type HealState, nextAttempt } from './heal-state.js';
import type { Policy } from './policy.js';

/** Bounds of the contract: a reason's characters, and how many digests a retry may name. */
const LONGEST_REASON = 4000;
const MOST_DIGESTS = 200;
const CODE = /^[a-z][a-z0-9-]{0,63}$/;

/** Gives the heal up: a person is needed. */
export function escalate(state: HealState, code: string, reason: string): HealState {
  const payload = {
    attempt: state.attempt,
    code: CODE.test(code) ? code : 'step-failed',
    reason: reason.slice(0, LONGEST_REASON),
    rolled_back: state.rolledBack && !state.live,
  };
  return { ...state, phase: 'over', unsaid: [...state.unsaid, say('ESCALATED', payload)] };
}

export interface Failure {
  readonly code: string;
  readonly reason: string;
  /** Digests of patches that this failure showed not to do. */
  readonly learned: readonly string[];
}

/**
 * The next attempt, if there is a point to it: attempts are left, and either something was learned that makes it differ from the last one
 * or the code says that the cause lies outside the plan. Otherwise the heal is given up.
 */
export function retry(state: HealState, at: string, failure: Failure, policy: Policy): HealState {
  const { code, reason } = failure;
  const drifted = code === BASE_DRIFTED;
  const rejected = drifted ? [] : [...new Set([...state.rejected, ...failure.learned])];
  const anew = RETRYABLE_CODES.has(code) || rejected.length > state.rejected.length;
  if (!anew) return escalate(state, code, reason);
  if (state.attempt >= policy.maxAttempts)
    return escalate(state, 'attempts-exhausted', `attempt ${state.attempt} of ${policy.maxAttempts}: ${reason}`);
  const attempt = state.attempt + 1;
  const payload = { attempt, reason: reason.slice(0, LONGEST_REASON), rejected_digests: rejected.slice(-MOST_DIGESTS) };
  const next = nextAttempt(state, attempt, at, rejected);
  return { ...next, unsaid: [...next.unsaid, say('RETRY_REQUESTED', payload)] };
}

/** Takes the live patch back. */
export function rollBack(state: HealState, at: string, reason: string): HealState {
  if (!state.live) return state;
  const { attempt, revision, previous_revision } = state.live;
  const payload = { attempt, reason: reason.slice(0, LONGEST_REASON), revision, previous_revision };
  return { ...state, phase: 'rollback', since: at, why: reason, unsaid: [...state.unsaid, say('ROLLBACK_REQUESTED', payload)] };
}

/** The end that is wanted. A live patch without its plan and proof on record is not one, and is taken back. */
export function heal(state: HealState, at: string): HealState {
  const { plan, passed, live } = state;
  if (!plan || !passed || live?.candidate !== passed.candidate.digest)
    return rollBack(state, at, 'the live patch has no plan or no proof on record');
  const payload = {
    attempt: state.attempt,
    engine: plan.engine,
    playbook: plan.playbook,
    revision: live.revision,
    patch: passed.candidate.diff,
    healed_at: at,
  };
  return { ...state, phase: 'over', unsaid: [...state.unsaid, say('HEALED', payload)] };
}
