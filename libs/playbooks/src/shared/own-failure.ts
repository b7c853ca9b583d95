import type { FailurePayload, SourceSnapshot } from '@selfheal/contracts';
import { type LocatedStack, ownStack } from '@selfheal/engine';

/**
 * The failure as playbooks may trust it: the stack holds the target's own frames only, as paths of the snapshot. What was
 * left out is returned, for people.
 */
export function ownFailure(
  failure: FailurePayload,
  sources: SourceSnapshot,
  root: string,
): { failure: FailurePayload; ignored: LocatedStack['ignored'] } {
  if (failure.error.stack === undefined) return { failure, ignored: [] };
  const { stack, ignored } = ownStack(failure.error.stack, sources, root);
  return { failure: { ...failure, error: { ...failure.error, stack } }, ignored };
}
