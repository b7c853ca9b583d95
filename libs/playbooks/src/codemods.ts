import { type FailurePayload, failurePayload, type SourceLocation, type SourceSnapshot } from '@selfheal/contracts';
import { diagnoseFailure, proposeFixes } from './diagnose.js';
import { PLAYBOOKS } from './playbooks.js';
import { ownFailure } from './shared/own-failure.js';
import type { Family, Playbook, Proposal } from './shared/playbook.js';

/** An error as a command printed it. Hostile: clipped, never trusted for a path. */
export interface PlainError {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  readonly code?: string;
}

/** What one playbook makes of an error. */
export interface Codemods {
  readonly playbook: string;
  /** The cause, for people. */
  readonly cause: string;
  readonly family: Family;
  readonly location?: SourceLocation;
  /** 0 to 1: how sure the playbook is that this is the cause. */
  readonly confidence: number;
  /** Best first; never empty. */
  readonly proposals: readonly Proposal[];
}

export interface CodemodOptions {
  /** The absolute path under which the failing process saw the snapshot; without it paths are matched by their suffix. */
  readonly root?: string;
  /** Whether a file may be changed; every file by default. A proposal that touches another one is left out. */
  readonly editable?: (path: string) => boolean;
  readonly playbooks?: readonly Playbook[];
}

/**
 * The fixes that the playbooks propose for an error without route or request, as a test or a script prints it: the surest
 * playbook first, its proposals best first. Pure; never throws, whatever the error says.
 */
export function codemodsFor(error: PlainError, snapshot: SourceSnapshot, options: CodemodOptions = {}): Codemods[] {
  const { root, editable = () => true, playbooks = PLAYBOOKS } = options;
  const failure = asFailure(error, snapshot, root);
  const { diagnoses } = diagnoseFailure({ failureType: 'FAILURE', failure, sources: snapshot }, playbooks);
  return diagnoses.flatMap((diagnosis) => {
    const cause = { summary: diagnosis.summary, category: diagnosis.category, evidence: [] };
    const spec = { instruction: diagnosis.instruction, files: diagnosis.files, data: diagnosis.data };
    const proposals = proposeFixes({ playbook: diagnosis.playbook, cause, patch_spec: spec }, failure, snapshot, playbooks).filter(
      ({ edits }) => Object.keys(edits).every(editable),
    );
    return proposals.length === 0
      ? []
      : [
          {
            playbook: diagnosis.playbook,
            cause: diagnosis.summary,
            family: diagnosis.category,
            ...(diagnosis.location && { location: diagnosis.location }),
            confidence: diagnosis.confidence,
            proposals,
          },
        ];
  });
}

/** The error as an event carries it, its stack reduced to the frames of the snapshot. */
function asFailure({ name, message, stack, code }: PlainError, snapshot: SourceSnapshot, root: string | undefined): FailurePayload {
  const failure = failurePayload.parse({
    service: 'command',
    error: {
      name: name.slice(0, 256) || 'Error',
      message: message.slice(0, 8192),
      ...(stack !== undefined && { stack: stack.slice(0, 32_768) }),
      ...(code !== undefined && { code: code.slice(0, 128) }),
    },
  });
  return root === undefined ? failure : ownFailure(failure, snapshot, root).failure;
}
