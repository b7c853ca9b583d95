/** What the deployer says of a deploy or a rollback. Pure. */
import type { Payload } from '@selfheal/contracts';
import { type Outcome, say } from '@selfheal/messaging';
import { proofDigest } from '@selfheal/policy';
import { type Deployed, DeployFailed, type RolledBack } from '@selfheal/targets';

type Passed = Payload<'GUARDRAIL_PASSED'>;

export const reloadDone = ({ attempt, candidate }: Passed, strategy: string, deployed: Deployed): Outcome =>
  say('RELOAD_DONE', {
    attempt,
    strategy,
    revision: deployed.revision,
    previous_revision: deployed.previousRevision,
    candidate: candidate.digest,
    reload_ms: Math.round(deployed.reloadMs),
  });

/** A deploy that failed left the target as it was; any other error is not for us to judge. @throws the error itself */
export function reloadFailed(attempt: number, error: unknown): Outcome {
  if (!(error instanceof DeployFailed)) throw error;
  return say('RELOAD_FAILED', { attempt, code: error.code, reason: error.message.slice(0, 4000), tried: [] });
}

/** The digest is of patch, proof, verdict and base revision: when one of them is not what the guardrail passed, it differs. */
export function digestProblem({ candidate, proof, verdict, base_revision, digest }: Passed): string | undefined {
  const actual = proofDigest({ diff: candidate.diff, proof, verdict, base_revision });
  if (actual === digest) return undefined;
  return `the guardrail passed ${digest.slice(0, 12)}…, patch, proof, verdict and base revision give ${actual.slice(0, 12)}…`;
}

export const digestMismatch = (attempt: number, reason: string): Outcome =>
  say('RELOAD_FAILED', { attempt, code: 'digest-mismatch', reason, tried: [] });

/** An approval is for one digest: of exactly this patch, proof, verdict and base revision. */
export function approvalProblem(passed: Passed, approved: Payload<'APPROVAL_GRANTED'>): string | undefined {
  if (passed.digest === approved.digest) return undefined;
  return `the approval is for ${approved.digest.slice(0, 12)}…, what would be deployed is ${passed.digest.slice(0, 12)}…`;
}

export const approvalMismatch = (attempt: number, reason: string): Outcome =>
  say('RELOAD_FAILED', { attempt, code: 'approval-digest-mismatch', reason, tried: [] });

export const rollbackDone = (attempt: number, { revision, tree }: RolledBack): Outcome =>
  say('ROLLBACK_DONE', { attempt, revision, tree, identical: true });

export function rollbackFailed(attempt: number, error: unknown): Outcome {
  if (!(error instanceof DeployFailed)) throw error;
  return say('ROLLBACK_FAILED', { attempt, code: error.code, reason: error.message.slice(0, 4000), tried: [] });
}
