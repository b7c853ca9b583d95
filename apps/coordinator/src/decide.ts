/**
 * The process manager's decisions: retry, roll back, escalate, conclude.
 *
 * They are a function of the heal's whole history, not of the event at hand, so that whoever asks again (a redelivery, a restart after
 * `kill -9`, another replica) hears the same. What is already in the history is not said again.
 */
import type { Deadline, Heal } from '@selfheal/persistence';
import { evolve } from './evolve.js';
import { factsOf } from './facts.js';
import type { Decision, HealState } from './heal-state.js';
import type { Policy } from './policy.js';

/** What has to be said now. More facts never take a decision back: at most one of HEALED and ESCALATED ever comes out of a heal. */
export const decide = (heal: Pick<Heal, 'events' | 'expired'>, policy: Policy): readonly Decision[] => stateOf(heal, policy)?.unsaid ?? [];

/** By when the heal must have moved on; nothing when it is over. */
export function deadlineOf(heal: Pick<Heal, 'events' | 'expired'>, policy: Policy): Deadline | null {
  const state = stateOf(heal, policy);
  if (!state || state.phase === 'over') return null;
  return { at: new Date(Date.parse(state.since) + policy.deadlinesMs[state.phase]), step: state.phase, attempt: state.attempt };
}

const stateOf = (heal: Pick<Heal, 'events' | 'expired'>, policy: Policy): HealState | undefined =>
  factsOf(heal).reduce<HealState | undefined>((state, fact) => evolve(state, fact, policy), undefined);
