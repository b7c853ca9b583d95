/** Where a heal stands, as the coordinator sees it. Immutable: each step of the walk over the facts makes a new one. */
import type { Payload } from '@selfheal/contracts';
import type { Outcome } from '@selfheal/messaging';
import { TIMED_STEPS, type TimedStep } from './policy.js';

/** What the coordinator says. */
export type Decision = Outcome<'HEALED' | 'ESCALATED' | 'RETRY_REQUESTED' | 'ROLLBACK_REQUESTED'>;

export interface HealState {
  readonly attempt: number;
  /** The step the heal is in; `over` after its end. */
  readonly phase: TimedStep | 'over';
  /** When that step began, ISO 8601. */
  readonly since: string;
  /** What the attempt has produced so far. */
  readonly plan?: Payload<'RCA_READY'> | undefined;
  readonly passed?: Payload<'GUARDRAIL_PASSED'> | undefined;
  readonly live?: Payload<'RELOAD_DONE'> | undefined;
  /** Why the live patch is being taken back. */
  readonly why: string;
  /** Digests of patches that are known not to do. */
  readonly rejected: readonly string[];
  /** A patch was live and has been put back. */
  readonly rolledBack: boolean;
  /** Decided, and not seen in the history yet: to be said now. */
  readonly unsaid: readonly Decision[];
}

export const begin = (at: string): HealState => ({
  attempt: 1,
  phase: 'rca',
  since: at,
  why: '',
  rejected: [],
  rolledBack: false,
  unsaid: [],
});

export const nextAttempt = (state: HealState, attempt: number, at: string, rejected: readonly string[]): HealState => ({
  ...begin(at),
  attempt,
  rejected,
  rolledBack: state.rolledBack,
  unsaid: state.unsaid,
});

/** Whether the heal has not come further than `step` in this attempt. */
export const upTo = (state: HealState, step: TimedStep): boolean =>
  state.phase !== 'over' && TIMED_STEPS.indexOf(state.phase) <= TIMED_STEPS.indexOf(step);

/** Moves on to `phase`, never back. */
export const moveTo = (state: HealState, phase: TimedStep, at: string): HealState =>
  state.phase === phase || !upTo(state, phase) ? state : { ...state, phase, since: at };

/** Takes decisions off that the history shows to be said, or that it has overtaken. */
export const settle = (state: HealState, settled: (decision: Decision) => boolean): HealState => ({
  ...state,
  unsaid: state.unsaid.filter((decision) => !settled(decision)),
});
