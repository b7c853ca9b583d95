import type { Candidate, FailurePayload, SourceSnapshot } from '@selfheal/contracts';
import type { PlanDraft } from './diagnose.port.js';

/** A plan to turn into patches. */
export interface ApplyRequest {
  readonly plan: PlanDraft;
  readonly failure: FailurePayload;
  /** The sources at the revision that the plan is for. */
  readonly sources: SourceSnapshot;
  /** Digests that must not be proposed again. */
  readonly rejected: ReadonlySet<string>;
}

/**
 * Turns a plan into candidates, best first, each a unified diff against `sources` that leaves everything outside the change byte
 * for byte. None when it cannot; it throws only for what is a bug.
 */
export interface ApplyPort {
  readonly name: string;
  apply(request: ApplyRequest, signal?: AbortSignal): Promise<readonly Candidate[]>;
}
