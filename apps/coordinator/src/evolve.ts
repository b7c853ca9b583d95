/** One fact in, the next state out: the table of what the coordinator decides (design, section 2). Pure. */
import type { AnyHealingEvent, Payload } from '@selfheal/contracts';
import { say } from '@selfheal/messaging';
import type { Expiry } from '@selfheal/persistence';
import { escalate, heal, retry, rollBack } from './conclude.js';
import type { Fact } from './facts.js';
import { begin, type HealState, moveTo, nextAttempt, settle, upTo } from './heal-state.js';
import type { Policy } from './policy.js';

export function evolve(state: HealState | undefined, fact: Fact, policy: Policy): HealState | undefined {
  if (!state) return fact.kind === 'event' && fact.event.type === 'HEALING_STARTED' ? begin(fact.at) : undefined;
  if (fact.kind === 'expired') return onExpired(state, fact.expiry);
  return onOwn(state, fact.event, fact.at) ?? onOther(state, fact.event, fact.at, policy);
}

/** What we said ourselves stands, also when we would decide otherwise today (another policy, a later release). */
function onOwn(state: HealState, event: AnyHealingEvent, at: string): HealState | undefined {
  const { type, payload } = event;
  switch (type) {
    case 'HEALED':
    case 'ESCALATED':
      return settle({ ...state, phase: 'over' }, (d) => d.type !== 'ROLLBACK_REQUESTED');
    case 'ROLLBACK_REQUESTED': {
      const said = settle(state, (d) => d.type === type && d.payload.attempt === payload.attempt);
      return payload.attempt === state.attempt ? moveTo(said, 'rollback', at) : said;
    }
    case 'RETRY_REQUESTED': {
      const overtaken = settle(state, (d) => d.type !== 'ROLLBACK_REQUESTED' && d.payload.attempt <= payload.attempt);
      const ahead = payload.attempt > state.attempt || (payload.attempt === state.attempt && state.phase === 'rca');
      return ahead ? nextAttempt(overtaken, payload.attempt, at, payload.rejected_digests) : overtaken;
    }
    default:
      return undefined;
  }
}

function onOther(state: HealState, event: AnyHealingEvent, at: string, policy: Policy): HealState {
  const { type, payload } = event;
  const current = payload.attempt === state.attempt;
  if (type === 'RELOAD_DONE' && !(current && upTo(state, 'deploy'))) return onStray(state, payload);
  if (type === 'ROLLBACK_FAILED') return onRollbackFailed(state, payload);
  if (!current || state.phase === 'over') return state;
  return onProgress(state, event, at) ?? onFailure(state, event, at, policy);
}

/** A patch that went live although nobody waits for it any more. It is taken back, also after the end of the heal. */
function onStray(state: HealState, { attempt, revision, previous_revision }: Payload<'RELOAD_DONE'>): HealState {
  const payload = { attempt, revision, previous_revision, reason: 'the patch went live after its attempt had been given up' };
  return { ...state, unsaid: [...state.unsaid, say('ROLLBACK_REQUESTED', payload)] };
}

/** Of this attempt, or of one before whose patch had gone live too late: what the target runs is not what it should be. */
function onRollbackFailed(state: HealState, { attempt, reason }: Payload<'ROLLBACK_FAILED'>): HealState {
  const asked = attempt < state.attempt || (attempt === state.attempt && state.phase === 'rollback');
  if (!asked || state.phase === 'over') return state;
  const ended = escalate(state, 'rollback-failed', reason);
  return state.live && state.phase === 'verify' ? onStray(ended, state.live) : ended;
}

/** The way forwards. */
function onProgress(state: HealState, { type, payload }: AnyHealingEvent, at: string): HealState | undefined {
  switch (type) {
    case 'RCA_READY':
      return moveTo({ ...state, plan: payload }, 'patch', at);
    case 'MORPH_APPLY_SUCCEEDED':
      return moveTo(state, 'guardrail', at);
    case 'GUARDRAIL_PASSED':
      return moveTo({ ...state, passed: payload }, payload.approval_required ? 'approval' : 'deploy', at);
    case 'APPROVAL_REQUESTED':
      return moveTo(state, 'approval', at);
    case 'APPROVAL_GRANTED':
      return moveTo(state, 'deploy', at);
    case 'RELOAD_DONE':
      return moveTo({ ...state, live: payload }, 'verify', at);
    case 'VERIFY_REPLAY_PASS':
      return state.phase === 'verify' ? heal(state, at) : state;
    case 'HEALING_STARTED':
    case 'MORPH_APPLY_REQUESTED':
      return state;
    default:
      return undefined;
  }
}

/** The way back. A failure counts only while its step has not been passed: the first fact about a step stands. */
function onFailure(state: HealState, { type, payload }: AnyHealingEvent, at: string, policy: Policy): HealState {
  switch (type) {
    case 'RCA_FAILED':
      return upTo(state, 'rca') ? escalate(state, payload.code, payload.reason) : state;
    case 'MORPH_APPLY_FAILED':
      return upTo(state, 'patch') ? retry(state, at, { ...payload, learned: [] }, policy) : state;
    case 'GUARDRAIL_REJECTED': {
      const learned = payload.rejected.map(({ candidate }) => candidate);
      return upTo(state, 'guardrail') ? retry(state, at, { ...payload, learned }, policy) : state;
    }
    case 'APPROVAL_DENIED':
      return upTo(state, 'approval') ? escalate(state, 'approval-denied', `denied by ${payload.by}: ${payload.reason}`) : state;
    case 'RELOAD_FAILED':
      return upTo(state, 'deploy') ? retry(state, at, { ...payload, learned: [] }, policy) : state;
    case 'VERIFY_REPLAY_FAIL':
      return state.phase === 'verify' ? rollBack(state, at, `verification failed: ${payload.reason}`) : state;
    case 'ROLLBACK_DONE': {
      if (state.phase !== 'rollback' || !state.live) return state;
      const learned = [...(state.passed?.rejected ?? []).map(({ candidate }) => candidate), state.live.candidate];
      return retry({ ...state, live: undefined, rolledBack: true }, at, { code: 'nothing-learned', reason: state.why, learned }, policy);
    }
    default:
      return state;
  }
}

/**
 * A step took too long. Before a patch is live nothing was learned, and the message that the step should have handled is still there: a
 * retry would only queue a second one behind it.
 */
function onExpired(state: HealState, { step, attempt, at }: Expiry): HealState {
  if (state.phase !== step || state.attempt !== attempt) return state;
  const reason = `${step} did not end in time (it was due at ${at})`;
  if (step === 'rollback') return escalate(state, 'rollback-failed', reason);
  return step === 'verify' ? rollBack(state, at, reason) : escalate(state, `deadline-${step}`, reason);
}
