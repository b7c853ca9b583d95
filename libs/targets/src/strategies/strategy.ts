import type { Target } from '@selfheal/contracts';

export interface DeployRequest {
  readonly target: Target;
  readonly traceId: string;
  readonly attempt: number;
  /** Unified diff against `baseRevision`. */
  readonly diff: string;
  /** The candidate's digest: with trace and attempt it tells a deploy that was interrupted from another's. */
  readonly digest: string;
  readonly baseRevision: string;
  readonly summary: string;
  readonly signal: AbortSignal;
}

export interface Deployed {
  readonly revision: string;
  readonly previousRevision: string;
  readonly reloadMs: number;
}

export interface RollbackRequest {
  readonly target: Target;
  readonly traceId: string;
  readonly attempt: number;
  /** The commit that is live, and the one whose bytes must be live again. */
  readonly revision: string;
  readonly previousRevision: string;
  readonly reason: string;
  readonly signal: AbortSignal;
}

export interface RolledBack {
  readonly revision: string;
  /** Its tree: the same object as the tree of `previousRevision`. */
  readonly tree: string;
}

/** How a patch gets to a live target and back. Both are idempotent: called again after a crash they finish what began. */
export interface DeployStrategy {
  readonly name: string;
  /** @throws DeployFailed, and then the target is as it was before */
  deploy(request: DeployRequest): Promise<Deployed>;
  /** @throws DeployFailed when the old bytes could not be made live */
  rollback(request: RollbackRequest): Promise<RolledBack>;
}

/** A deploy that failed. `code` is stable: `base-drifted`, `dirty-tree`, `does-not-apply`, `reload-failed`. */
export class DeployFailed extends Error {
  override readonly name = 'DeployFailed';
  constructor(
    readonly code: 'base-drifted' | 'dirty-tree' | 'does-not-apply' | 'reload-failed',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
