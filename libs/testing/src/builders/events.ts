/** Valid events, each field overridable. Every one is parsed by the contract on its way out: a builder cannot drift. */
import {
  type FailureEvent,
  type FailurePayload,
  failureEvent,
  type HealingEvent,
  type HealingEventType,
  healingEvent,
  type Payload,
  parseHealingEvent,
} from '@selfheal/contracts';
import { AT, aDigest, aRevision, aTraceId } from './ids.js';
import { aCandidate, aCause, aFailurePayload, aProof, aReplay, aVerdict } from './parts.js';

/** Of the envelope; the trace is a new one unless given. */
export interface Of {
  readonly trace?: string;
  readonly at?: string;
}

/** A failure as a service says it. */
export const aFailure = (payload: Partial<FailurePayload> = {}, envelope: Partial<Omit<FailureEvent, 'payload'>> = {}): FailureEvent =>
  failureEvent.parse({
    type: 'RETURN_API_FAILURE',
    key: `failure-${aTraceId()}`,
    timestamp: AT,
    ...envelope,
    payload: aFailurePayload(payload),
  });

const DEFAULTS: { readonly [T in HealingEventType]: () => Payload<T> } = {
  HEALING_STARTED: () => ({
    attempt: 1,
    target: 'shop',
    fingerprint: aDigest('fingerprint'),
    failure_type: 'RETURN_API_FAILURE',
    failure: aFailurePayload(),
    failed_at: AT,
  }),
  RCA_READY: () => ({
    attempt: 1,
    engine: 'rules',
    playbook: 'response-schema-mismatch',
    cause: aCause(),
    patch_spec: { instruction: 'return refundCents', files: ['src/returns/returns.ts'], data: {} },
    risk_score: 0.2,
    confidence: 0.9,
    base_revision: aRevision(),
  }),
  RCA_FAILED: failed('no-playbook'),
  MORPH_APPLY_REQUESTED: () => ({ attempt: 1, engine: 'rules', playbook: 'response-schema-mismatch' }),
  MORPH_APPLY_SUCCEEDED: () => ({ attempt: 1, engine: 'rules', base_revision: aRevision(), candidates: [aCandidate()] }),
  MORPH_APPLY_FAILED: failed('no-candidate'),
  GUARDRAIL_PASSED: () => ({
    attempt: 1,
    candidate: aCandidate(),
    verdict: aVerdict(),
    proof: aProof(),
    base_revision: aRevision(),
    inverse: '--- a/src/returns/returns.ts\n+++ b/src/returns/returns.ts\n@@ -1,1 +1,1 @@\n-export const x = 2;\n+export const x = 1;\n',
    digest: aDigest('passed'),
    approval_required: false,
    approval_reason: '',
    rejected: [],
  }),
  GUARDRAIL_REJECTED: () => ({
    attempt: 1,
    code: 'no-candidate-passed',
    reason: 'touches 80 lines, 60 are allowed',
    rejected: [{ candidate: aCandidate().digest, verdict: aVerdict({ passed: false, max_loc: false }) }],
  }),
  APPROVAL_REQUESTED: () => ({ attempt: 1, digest: aDigest('passed'), reason: 'autonomy is approve' }),
  APPROVAL_GRANTED: () => ({ attempt: 1, digest: aDigest('passed'), by: 'ana@example.org', reason: '' }),
  APPROVAL_DENIED: () => ({ attempt: 1, digest: aDigest('passed'), by: 'ana@example.org', reason: 'not now' }),
  RELOAD_DONE: () => ({
    attempt: 1,
    strategy: 'hot-reload',
    revision: aRevision('patched'),
    previous_revision: aRevision(),
    candidate: aCandidate().digest,
    reload_ms: 120,
  }),
  RELOAD_FAILED: failed('reload-failed'),
  VERIFY_REPLAY_PASS: () => ({
    attempt: 1,
    mode: 'replay',
    failing: aReplay(),
    good: [],
    healthy: true,
    reason: 'the failing request passes',
  }),
  VERIFY_REPLAY_FAIL: () => ({
    attempt: 1,
    mode: 'replay',
    failing: aReplay({ passed: false, status: 500, reason: 'status 500' }),
    good: [],
    healthy: true,
    reason: 'the failing request still fails',
  }),
  ROLLBACK_REQUESTED: () => ({ attempt: 1, reason: 'verification failed', revision: aRevision('patched'), previous_revision: aRevision() }),
  ROLLBACK_DONE: () => ({ attempt: 1, revision: aRevision('restored'), tree: aRevision('tree'), identical: true }),
  ROLLBACK_FAILED: failed('rollback-failed'),
  RETRY_REQUESTED: () => ({ attempt: 2, reason: 'verification failed', rejected_digests: [aCandidate().digest] }),
  HEALED: () => ({
    attempt: 1,
    engine: 'rules',
    playbook: 'response-schema-mismatch',
    revision: aRevision('patched'),
    patch: aCandidate().diff,
    healed_at: AT,
  }),
  ESCALATED: () => ({ attempt: 1, code: 'attempts-spent', reason: 'three attempts failed', rolled_back: true }),
};

function failed(code: string) {
  return () => ({ attempt: 1, code, reason: `it failed: ${code}`, tried: ['looked at the stack'] });
}

/** A valid event of any type: `anEvent('RCA_READY', { confidence: 0.1 }, { trace })`. */
export function anEvent<T extends HealingEventType>(
  type: T,
  payload: Partial<Payload<T>> = {},
  { trace = aTraceId(), at = AT }: Of = {},
): HealingEvent<T> {
  const event = healingEvent(type, trace, at, { ...DEFAULTS[type](), ...payload });
  parseHealingEvent(event);
  return event;
}

const builder =
  <T extends HealingEventType>(type: T) =>
  (payload: Partial<Payload<T>> = {}, of: Of = {}): HealingEvent<T> =>
    anEvent(type, payload, of);

export const aHealingStarted = builder('HEALING_STARTED');
export const anRcaReady = builder('RCA_READY');
export const anRcaFailed = builder('RCA_FAILED');
export const aMorphApplySucceeded = builder('MORPH_APPLY_SUCCEEDED');
export const aMorphApplyFailed = builder('MORPH_APPLY_FAILED');
export const aGuardrailPassed = builder('GUARDRAIL_PASSED');
export const aGuardrailRejected = builder('GUARDRAIL_REJECTED');
export const aReloadDone = builder('RELOAD_DONE');
export const aReloadFailed = builder('RELOAD_FAILED');
export const aVerifyReplayPass = builder('VERIFY_REPLAY_PASS');
export const aVerifyReplayFail = builder('VERIFY_REPLAY_FAIL');
export const aRollbackRequested = builder('ROLLBACK_REQUESTED');
export const aRollbackDone = builder('ROLLBACK_DONE');
export const aHealed = builder('HEALED');
export const anEscalated = builder('ESCALATED');
