/** What is known of one heal: the coordinator decides upon this and nothing else. */
import type { HealingTrace, StepName, StoredEvent } from '@selfheal/contracts';

/** A deadline that passed. It is a fact with a place in the heal's history, so a decision upon it can be made again after a crash. */
export interface Expiry {
  readonly step: StepName;
  readonly attempt: number;
  /** When it was due, ISO 8601. */
  readonly at: string;
  /** Subject of the last event that was known when it passed: it comes right after that one. */
  readonly after: string;
}

export interface Heal {
  /** Absent until HEALING_STARTED is known. */
  readonly trace: HealingTrace | undefined;
  /** In stream order. */
  readonly events: readonly StoredEvent[];
  readonly expired: readonly Expiry[];
}

export interface Deadline {
  readonly at: Date;
  readonly step: StepName;
  readonly attempt: number;
}

/** Says by when the heal must have moved on. Pure; called inside the transaction that stores its answer. */
export type DeadlineOf = (heal: Heal) => Deadline | null;

export interface DueDeadline extends Deadline {
  readonly traceId: string;
}
