/** The projection of a heal: events in, {@link HealingTrace} out. Pure, so the coordinator and the UI share it. */
import type { AnyHealingEvent } from './envelope.js';
import type { AuditEntry, HealingStep, HealingTrace } from './healing-trace.js';
import type { FailureError } from './payloads/failure.js';
import { PIPELINE, type StepName } from './pipeline.js';
import { isFinal } from './trace-status.js';

/** An event as the HEALING stream stored it: its position and the broker's time (ISO 8601, milliseconds). */
export interface StoredEvent {
  readonly seq: number;
  readonly at: string;
  readonly event: AnyHealingEvent;
}

/** Folds the events of one heal in stream order. Nothing without its HEALING_STARTED. */
export function foldHeal(events: readonly StoredEvent[]): HealingTrace | undefined {
  return events.reduce<HealingTrace | undefined>((trace, stored) => evolveHeal(trace, stored), undefined);
}

/**
 * One step of {@link foldHeal}. Returns a new value and leaves `trace` as it was. The first end stands: what arrives after it
 * (a late rollback, say) is audited and shows in its step, but changes neither status, reason nor `ended_at`.
 */
export function evolveHeal(trace: HealingTrace | undefined, stored: StoredEvent): HealingTrace | undefined {
  const { event } = stored;
  if (event.type === 'HEALING_STARTED') return trace ?? started(stored);
  if (!trace) return undefined;
  const over = isFinal(trace.status);
  const next: HealingTrace = {
    ...trace,
    ...changes(trace, event),
    ...(over && { status: trace.status, reason: trace.reason }),
    attempt: Math.max(trace.attempt, event.payload.attempt),
    steps: withStep(trace, stored),
    audit: [...trace.audit, auditOf(stored)],
    updated_at: stored.at,
    total_ms: between(trace.created_at, stored.at),
  };
  return !over && (event.type === 'HEALED' || event.type === 'ESCALATED') ? { ...next, ended_at: stored.at } : next;
}

function started(stored: StoredEvent): HealingTrace | undefined {
  const { event } = stored;
  if (event.type !== 'HEALING_STARTED') return undefined;
  const { payload } = event;
  const step: HealingStep = {
    name: 'detect',
    attempt: 1,
    status: 'succeeded',
    started_at: payload.failed_at,
    ended_at: stored.at,
    duration_ms: between(payload.failed_at, stored.at),
    detail: `${payload.failure_type} in ${payload.target}`,
  };
  return {
    trace_id: event.trace_id,
    status: 'HEALING',
    target: payload.target,
    fingerprint: payload.fingerprint,
    failure: {
      type: payload.failure_type,
      name: payload.failure.error.name,
      message: headline(payload.failure.error),
      route: payload.failure.route,
    },
    attempt: 1,
    steps: [step, begun('rca', 1, stored.at)],
    audit: [auditOf(stored)],
    created_at: payload.failed_at,
    updated_at: stored.at,
    total_ms: between(payload.failed_at, stored.at),
  };
}

function changes(trace: HealingTrace, event: AnyHealingEvent): Partial<HealingTrace> {
  switch (event.type) {
    case 'RCA_READY': {
      const { cause, playbook, engine, confidence, risk_score, patch_spec } = event.payload;
      return { cause: { ...cause, playbook, engine, confidence, risk_score, instruction: patch_spec.instruction } };
    }
    case 'MORPH_APPLY_SUCCEEDED': {
      const {
        candidates: [best],
        engine,
        base_revision,
      } = event.payload;
      return best ? { code_change: { ...best, engine, base_revision, rolled_back: false } } : {};
    }
    case 'GUARDRAIL_PASSED': {
      const { candidate, verdict, proof, base_revision } = event.payload;
      const engine = trace.code_change?.engine ?? 'rules';
      return { code_change: { ...candidate, engine, base_revision, rolled_back: false }, verdict, proof };
    }
    case 'GUARDRAIL_REJECTED': {
      const first = event.payload.rejected[0];
      return { reason: event.payload.reason, ...(first && { verdict: first.verdict, proof: first.proof }) };
    }
    case 'APPROVAL_REQUESTED':
      return { status: 'AWAITING_APPROVAL', approval: { digest: event.payload.digest, state: 'requested', reason: event.payload.reason } };
    case 'APPROVAL_GRANTED':
    case 'APPROVAL_DENIED': {
      const { digest, by, reason } = event.payload;
      return { status: 'HEALING', approval: { digest, by, reason, state: event.type === 'APPROVAL_GRANTED' ? 'granted' : 'denied' } };
    }
    case 'RELOAD_DONE':
      return trace.code_change ? { code_change: { ...trace.code_change, revision: event.payload.revision } } : {};
    case 'VERIFY_REPLAY_PASS':
    case 'VERIFY_REPLAY_FAIL':
      return { verification: { ...event.payload, passed: event.type === 'VERIFY_REPLAY_PASS' } };
    case 'ROLLBACK_REQUESTED':
      return { status: 'ROLLING_BACK', reason: event.payload.reason };
    case 'ROLLBACK_DONE':
      return { status: 'HEALING', ...(trace.code_change && { code_change: { ...trace.code_change, rolled_back: true } }) };
    case 'RETRY_REQUESTED':
      return { status: 'HEALING', reason: event.payload.reason };
    case 'HEALED':
      return { status: 'HEALED', reason: undefined };
    case 'ESCALATED':
      return { status: 'ESCALATED', reason: event.payload.reason };
    case 'RCA_FAILED':
    case 'MORPH_APPLY_FAILED':
    case 'RELOAD_FAILED':
    case 'ROLLBACK_FAILED':
      return { reason: event.payload.reason };
    default:
      return {};
  }
}

/** Which step begins when an event has been said: a person sees it running from then on. */
const NEXT_STEP: Partial<Record<AnyHealingEvent['type'], StepName>> = {
  RCA_READY: 'patch',
  MORPH_APPLY_SUCCEEDED: 'guardrail',
  APPROVAL_GRANTED: 'deploy',
  RELOAD_DONE: 'verify',
  RETRY_REQUESTED: 'rca',
};

function withStep(trace: HealingTrace, { event, at }: StoredEvent): HealingStep[] {
  const { step, effect } = PIPELINE[event.type];
  const attempt = event.payload.attempt;
  let steps = trace.steps;
  if (effect === 'succeeds' || effect === 'fails') {
    steps = steps.map((s) =>
      s.name === step && s.attempt === attempt && s.status === 'running'
        ? {
            ...s,
            status: effect === 'succeeds' ? 'succeeded' : 'failed',
            ended_at: at,
            duration_ms: between(s.started_at, at),
            detail: describeEvent(event),
          }
        : s,
    );
  }
  if (event.type === 'HEALED' || event.type === 'ESCALATED') {
    return steps.map((s) =>
      s.status === 'running'
        ? { ...s, status: 'failed', ended_at: at, duration_ms: between(s.started_at, at), detail: describeEvent(event) }
        : s,
    );
  }
  const next =
    effect === 'begins'
      ? step
      : isFinal(trace.status)
        ? undefined
        : event.type === 'GUARDRAIL_PASSED' && !event.payload.approval_required
          ? 'deploy'
          : NEXT_STEP[event.type];
  const known = next && steps.some((s) => s.name === next && s.attempt === attempt);
  return next && !known ? [...steps, begun(next, attempt, at)] : steps;
}

const begun = (name: StepName, attempt: number, at: string): HealingStep => ({
  name,
  attempt,
  status: 'running',
  started_at: at,
  detail: '',
});
const between = (from: string, to: string): number => Math.max(0, Date.parse(to) - Date.parse(from));

/** What the audit trail keeps of an event: who did what, when (the broker's time), in one line. */
export const auditOf = ({ seq, at, event }: StoredEvent): AuditEntry => ({
  seq,
  at,
  actor: actorOf(event),
  action: event.type,
  detail: describeEvent(event),
});

function actorOf(event: AnyHealingEvent): string {
  return event.type === 'APPROVAL_GRANTED' || event.type === 'APPROVAL_DENIED' ? event.payload.by : PIPELINE[event.type].saidBy;
}

/** What went wrong in one line: the first field of a failed validation rather than the JSON that some libraries put into the message. */
export function headline({ message, issues }: FailureError): string {
  const [first, ...more] = issues ?? [];
  if (!first) return message;
  const field = first.path.join('.') || '(root)';
  return `${field}: ${first.message}${more.length > 0 ? ` (and ${more.length} more)` : ''}`;
}

/** One line that says what an event means for a person who reads along. */
export function describeEvent(event: AnyHealingEvent): string {
  switch (event.type) {
    case 'HEALING_STARTED':
      return `${event.payload.failure_type}: ${headline(event.payload.failure.error)}`.slice(0, 400);
    case 'RCA_READY':
      return event.payload.cause.summary;
    case 'MORPH_APPLY_REQUESTED':
      return `${event.payload.engine} writes a patch by playbook ${event.payload.playbook}`;
    case 'MORPH_APPLY_SUCCEEDED':
      return `${event.payload.candidates.length} candidate(s); best: ${event.payload.candidates[0]?.summary ?? ''}`;
    case 'GUARDRAIL_PASSED':
      return `${event.payload.verdict.checks.length} checks passed; ${event.payload.proof.reason}`;
    case 'GUARDRAIL_REJECTED':
    case 'RCA_FAILED':
    case 'MORPH_APPLY_FAILED':
    case 'RELOAD_FAILED':
    case 'ROLLBACK_FAILED':
    case 'RETRY_REQUESTED':
    case 'ROLLBACK_REQUESTED':
    case 'ESCALATED':
    case 'APPROVAL_REQUESTED':
    case 'VERIFY_REPLAY_PASS':
    case 'VERIFY_REPLAY_FAIL':
      return event.payload.reason;
    case 'APPROVAL_GRANTED':
      return `approved by ${event.payload.by}${event.payload.reason && `: ${event.payload.reason}`}`;
    case 'APPROVAL_DENIED':
      return `denied by ${event.payload.by}${event.payload.reason && `: ${event.payload.reason}`}`;
    case 'RELOAD_DONE':
      return `${event.payload.strategy}: ${event.payload.revision.slice(0, 10)} is live (provisional)`;
    case 'ROLLBACK_DONE':
      return `restored, byte for byte, at ${event.payload.revision.slice(0, 10)}`;
    case 'HEALED':
      return `healed by playbook ${event.payload.playbook} (${event.payload.engine})`;
  }
}
