import type { HealingTrace, StepName } from '@selfheal/contracts';

/** The stages whose times are shown, in order. */
export const STAGES = ['detect', 'rca', 'patch', 'guardrail', 'deploy', 'verify'] as const satisfies readonly StepName[];

/** Milliseconds by stage; a stage that was tried several times counts with their sum, one that never ran with 0. */
export interface Figures {
  readonly detect_ms: number;
  readonly rca_ms: number;
  readonly patch_ms: number;
  readonly guardrail_ms: number;
  readonly deploy_ms: number;
  readonly verify_ms: number;
  /** From the failure's arrival at the broker to the heal's last event. */
  readonly total_ms: number;
}

/** The figures of a heal. Pure. */
export function figuresOf({ steps, total_ms }: Pick<HealingTrace, 'steps' | 'total_ms'>): Figures {
  const of = (stage: StepName) => steps.filter((step) => step.name === stage).reduce((sum, step) => sum + (step.duration_ms ?? 0), 0);
  return {
    detect_ms: of('detect'),
    rca_ms: of('rca'),
    patch_ms: of('patch'),
    guardrail_ms: of('guardrail'),
    deploy_ms: of('deploy'),
    verify_ms: of('verify'),
    total_ms,
  };
}

/** The machine-readable summary of a heal: the last line of stdout with `--json`. */
export const summaryOf = (trace: HealingTrace) => ({
  status: trace.status,
  trace_id: trace.trace_id,
  ...figuresOf(trace),
  engine: trace.code_change?.engine ?? trace.cause?.engine ?? 'rules',
  patch: trace.code_change?.diff ?? '',
  ...(trace.status === 'HEALED' ? {} : { reason: trace.reason ?? '' }),
});
