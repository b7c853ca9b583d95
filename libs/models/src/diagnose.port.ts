import type { FailurePayload, RcaReady, SourceSnapshot } from '@selfheal/contracts';

/** What is known of a failure when its cause is asked for. All of it is untrusted text. */
export interface DiagnoseRequest {
  readonly failureType: string;
  /** Its stack holds the target's own frames only, as paths of `sources`. */
  readonly failure: FailurePayload;
  readonly sources: SourceSnapshot;
  /** 1 the first time. */
  readonly attempt: number;
  /** Digests of patches that were tried and did not hold. */
  readonly rejected: ReadonlySet<string>;
  /** How a playbook has done over earlier heals, relative to an unknown one: 0.5 to 2. Absent: nothing is known. */
  readonly trackRecord?: (playbook: string) => number;
}

/** A plan without what only the caller knows: which attempt it is for, and of which revision. */
export type PlanDraft = Omit<RcaReady, 'attempt' | 'base_revision'>;

/** A plan, or why there is none. `code` is stable and machine-readable; `tried` is for people. */
export type DiagnoseAnswer =
  | { readonly plan: PlanDraft }
  | { readonly declined: { readonly code: string; readonly reason: string; readonly tried: readonly string[] } };

/**
 * Finds the cause of a failure. A provider that cannot (no key, no answer, an answer that does not parse, budget spent)
 * declines; it throws only for what is a bug. Its answer is data to be checked like any other: the caller parses it.
 */
export interface DiagnosePort {
  /** As events and the UI name it: `rules`, or a model provider. */
  readonly name: string;
  diagnose(request: DiagnoseRequest, signal?: AbortSignal): Promise<DiagnoseAnswer>;
}
