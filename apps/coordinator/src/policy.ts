import type { StepName } from '@selfheal/contracts';

/** A step that a heal may hang in. Detection is over when a heal begins. */
export type TimedStep = Exclude<StepName, 'detect'>;

export interface Policy {
  /** Attempts of one heal, the first included. */
  readonly maxAttempts: number;
  /** How long each step may take, in milliseconds. */
  readonly deadlinesMs: Readonly<Record<TimedStep, number>>;
}

/** Timed steps in the order of the pipeline: a heal moves through them forwards only, within an attempt. */
export const TIMED_STEPS: readonly TimedStep[] = ['rca', 'patch', 'guardrail', 'approval', 'deploy', 'verify', 'rollback'];

/** Injection token of the {@link Policy}. */
export const POLICY = Symbol('coordinator policy');
