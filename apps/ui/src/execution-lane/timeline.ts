/** The steps of a heal as rows of a waterfall. Pure: the present moment comes in as data. */
import { type HealingTrace, isFinal, STEPS, type StepName } from '@selfheal/contracts';

export type RowStatus = 'succeeded' | 'failed' | 'running' | 'waiting' | 'planned';

export interface TimelineRow {
  readonly key: string;
  readonly step: StepName;
  readonly status: RowStatus;
  /** Milliseconds; absent for a step that has not begun. */
  readonly durationMs?: number;
  /** Where the bar begins and how long it is, as fractions of the whole heal. */
  readonly from: number;
  readonly share: number;
  readonly detail: string;
}

export interface TimelineAttempt {
  readonly attempt: number;
  /** `rolled-back` when a patch of this attempt was live and was put back. */
  readonly outcome: 'healed' | 'rolled-back' | 'failed' | 'open';
  readonly rows: readonly TimelineRow[];
}

export const STEP_TITLES: Record<StepName, string> = {
  detect: 'Detect',
  rca: 'Find the cause',
  patch: 'Write the patch',
  guardrail: 'Guardrails and proof',
  approval: 'Human approval',
  deploy: 'Deploy',
  verify: 'Verify live',
  rollback: 'Roll back',
};

/** Steps that an attempt always plans: approval and rollback appear only when they happen. */
export const PLANNED = STEPS.filter((step) => step !== 'approval' && step !== 'rollback');

/** How long the heal has taken so far, or took, in milliseconds. `now` is on the broker's clock. */
export const elapsed = (trace: HealingTrace, now: number): number =>
  isFinal(trace.status) ? trace.total_ms : Math.max(trace.total_ms, now - Date.parse(trace.created_at));

/** Attempts in order, each with its steps as they began, then those still to come. `now` in epoch milliseconds. */
export function timelineOf(trace: HealingTrace, now: number): TimelineAttempt[] {
  const begin = Date.parse(trace.created_at);
  const whole = Math.max(1, elapsed(trace, now));
  const numbers = [...new Set(trace.steps.map((step) => step.attempt))].sort((a, b) => a - b);
  return numbers.map((attempt) => {
    const steps = trace.steps.filter((step) => step.attempt === attempt);
    const rows = steps.map<TimelineRow>((step) => {
      const startMs = Date.parse(step.started_at);
      const durationMs = step.duration_ms ?? Math.max(0, now - startMs);
      const waits = step.name === 'approval' && step.status === 'running';
      return {
        key: `${attempt}.${step.name}`,
        step: step.name,
        status: waits ? 'waiting' : step.status,
        durationMs,
        from: clamp((startMs - begin) / whole),
        share: clamp(durationMs / whole),
        detail: step.detail,
      };
    });
    const open = attempt === numbers.at(-1) && !isFinal(trace.status);
    return { attempt, outcome: outcomeOf(trace, attempt, open), rows: open ? [...rows, ...planned(rows, attempt)] : rows };
  });
}

const clamp = (fraction: number): number => Math.min(1, Math.max(0, fraction));

function outcomeOf(trace: HealingTrace, attempt: number, open: boolean): TimelineAttempt['outcome'] {
  if (open) return 'open';
  if (trace.status === 'HEALED' && attempt === trace.attempt) return 'healed';
  const putBack = trace.steps.some((step) => step.attempt === attempt && step.name === 'rollback' && step.status === 'succeeded');
  return putBack ? 'rolled-back' : 'failed';
}

function planned(rows: readonly TimelineRow[], attempt: number): TimelineRow[] {
  // After a failed step nothing forward follows in this attempt: the coordinator decides what does.
  if (rows.some((row) => row.status === 'failed' || row.step === 'rollback')) return [];
  const reached = Math.max(-1, ...rows.map((row) => STEPS.indexOf(row.step)));
  return PLANNED.filter((step) => STEPS.indexOf(step) > reached).map((step) => ({
    key: `${attempt}.${step}`,
    step,
    status: 'planned',
    from: 1,
    share: 0,
    detail: '',
  }));
}
