import type { FailurePayload, Proof, Target } from '@selfheal/contracts';
import type { TypeFacts } from '@selfheal/policy';

/** What the guardrail needs of a sandbox. */
export interface Sandbox {
  /** Differential replay: the failing request and the good ones, on the base revision and with the patch. */
  prove(diff: string): Promise<Proof>;
  /** The target's own type check, with the patch against the base revision. */
  runTypes(diff: string): Promise<TypeFacts>;
  close(): Promise<void>;
}

export interface SandboxRequest {
  readonly target: Target;
  readonly baseRevision: string;
  readonly failure: FailurePayload;
  readonly traceId: string;
  readonly signal: AbortSignal;
  progress(line: string): void;
}

export type OpenSandbox = (request: SandboxRequest) => Promise<Sandbox>;

/** Injection token of an {@link OpenSandbox}. */
export const SANDBOX = Symbol('sandbox');
