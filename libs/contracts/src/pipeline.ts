/**
 * The pipeline table: who says which event and who hears it (design, section 2).
 *
 * It is data on purpose. Consumers' filters, broker permissions, the UI's lanes and the docs' diagram are derived
 * from it, so a new edge is one row here and nowhere else.
 */

/** Every service that says or hears events of a heal. */
export const SERVICES = ['detector', 'rca', 'patcher', 'guardrail', 'deployer', 'verifier', 'coordinator', 'gateway'] as const;
export type ServiceName = (typeof SERVICES)[number];

/** The steps a person sees, in order. `rollback` happens only when a live patch does not hold. */
export const STEPS = ['detect', 'rca', 'patch', 'guardrail', 'approval', 'deploy', 'verify', 'rollback'] as const;
export type StepName = (typeof STEPS)[number];

/** How an event changes its step: it begins it, ends it well, ends it badly, or is a decision of the coordinator. */
export type StepEffect = 'begins' | 'succeeds' | 'fails' | 'decides';

export interface PipelineRow {
  readonly saidBy: ServiceName;
  /** Services with a durable consumer for the event. The coordinator projects every event, so it is in each row. */
  readonly heardBy: readonly ServiceName[];
  readonly step: StepName;
  readonly effect: StepEffect;
  readonly means: string;
}

const row = (saidBy: ServiceName, heardBy: readonly ServiceName[], step: StepName, effect: StepEffect, means: string): PipelineRow => ({
  saidBy,
  heardBy: [...heardBy, 'coordinator'],
  step,
  effect,
  means,
});

/** The events of a heal, in the order in which a heal that goes well says them. */
export const PIPELINE = {
  HEALING_STARTED: row('detector', ['rca'], 'detect', 'succeeds', 'a new incident, deduplicated, with its trace'),
  RCA_READY: row('rca', ['patcher'], 'rca', 'succeeds', 'plan: playbook, cause, patch_spec, risk_score, confidence'),
  RCA_FAILED: row('rca', [], 'rca', 'fails', 'no playbook explains the failure'),
  MORPH_APPLY_REQUESTED: row('patcher', [], 'patch', 'begins', 'patch generation began'),
  MORPH_APPLY_SUCCEEDED: row('patcher', ['guardrail'], 'patch', 'succeeds', 'candidates as unified diffs, best first'),
  MORPH_APPLY_FAILED: row('patcher', [], 'patch', 'fails', 'no candidate could be generated'),
  GUARDRAIL_PASSED: row('guardrail', ['deployer'], 'guardrail', 'succeeds', 'verdict of every check, and the proof'),
  GUARDRAIL_REJECTED: row('guardrail', [], 'guardrail', 'fails', 'no candidate passed policy and proof'),
  APPROVAL_REQUESTED: row('guardrail', [], 'approval', 'begins', 'policy wants a human'),
  APPROVAL_GRANTED: row('gateway', ['deployer'], 'approval', 'succeeds', 'a human said yes to exactly this digest'),
  APPROVAL_DENIED: row('gateway', [], 'approval', 'fails', 'a human said no'),
  RELOAD_DONE: row('deployer', ['verifier'], 'deploy', 'succeeds', 'the patch is live (provisional)'),
  RELOAD_FAILED: row('deployer', [], 'deploy', 'fails', 'the patch could not be made live; the target is as it was'),
  VERIFY_REPLAY_PASS: row('verifier', [], 'verify', 'succeeds', 'it works'),
  VERIFY_REPLAY_FAIL: row('verifier', [], 'verify', 'fails', 'it does not work'),
  ROLLBACK_REQUESTED: row('coordinator', ['deployer'], 'rollback', 'begins', 'put it back'),
  ROLLBACK_DONE: row('deployer', [], 'rollback', 'succeeds', 'the target is byte for byte what it was'),
  ROLLBACK_FAILED: row('deployer', [], 'rollback', 'fails', 'page a human now'),
  RETRY_REQUESTED: row('coordinator', ['rca'], 'rca', 'decides', 'next attempt, with what was learned'),
  HEALED: row('coordinator', ['detector', 'deployer'], 'verify', 'decides', 'the end of a heal: it works'),
  ESCALATED: row('coordinator', ['detector', 'deployer'], 'verify', 'decides', 'the end of a heal: a human is needed'),
} as const satisfies Record<string, PipelineRow>;

export type HealingEventType = keyof typeof PIPELINE;
export const HEALING_EVENT_TYPES = Object.keys(PIPELINE) as HealingEventType[];

/** The event types that `service` may publish: what broker permissions allow it. */
export const saidBy = (service: ServiceName): HealingEventType[] => HEALING_EVENT_TYPES.filter((type) => PIPELINE[type].saidBy === service);

/** The event types that `service` has a durable consumer for. */
export const heardBy = (service: ServiceName): HealingEventType[] =>
  HEALING_EVENT_TYPES.filter((type) => PIPELINE[type].heardBy.includes(service));

/**
 * The step outcomes of `service` that follow `heard` for one attempt: a handler that finds one of them in the stream
 * has already done its work (exactly-once, design section 2).
 */
export const OUTCOMES: Partial<Record<HealingEventType, readonly HealingEventType[]>> = {
  HEALING_STARTED: ['RCA_READY', 'RCA_FAILED'],
  RETRY_REQUESTED: ['RCA_READY', 'RCA_FAILED'],
  RCA_READY: ['MORPH_APPLY_SUCCEEDED', 'MORPH_APPLY_FAILED'],
  MORPH_APPLY_SUCCEEDED: ['GUARDRAIL_PASSED', 'GUARDRAIL_REJECTED'],
  GUARDRAIL_PASSED: ['RELOAD_DONE', 'RELOAD_FAILED'],
  APPROVAL_GRANTED: ['RELOAD_DONE', 'RELOAD_FAILED'],
  RELOAD_DONE: ['VERIFY_REPLAY_PASS', 'VERIFY_REPLAY_FAIL'],
  ROLLBACK_REQUESTED: ['ROLLBACK_DONE', 'ROLLBACK_FAILED'],
};

/** `FAILURE`, or any `*_FAILURE` that a service names itself, such as `RETURN_API_FAILURE`. */
export const FAILURE_TYPE = /^(?:[A-Z][A-Z0-9]*_)*FAILURE$/;
