import type { CheckVerdict, TargetConfig } from '@selfheal/contracts';

/** One file that the patch touches. */
export interface PatchFile {
  /** Relative to the target's root, POSIX separators. */
  readonly path: string;
  /** Text on the base revision; `null` when the file is not there. */
  readonly before: string | null;
  /** Text with the patch; `null` when the patch deletes the file. */
  readonly after: string | null;
  /** git mode on the base revision, such as `100644`; absent for a new file. */
  readonly mode?: string | undefined;
}

/** The outcome of the target's type check on the base revision and on the patched one. */
export interface TypeFacts {
  /** Whether the target has a type check that ran. */
  readonly ran: boolean;
  /** Errors that the base revision does not have. */
  readonly new_errors: readonly string[];
}

/** Everything that a verdict depends on: plain data, so that the same facts give the same verdict. */
export interface PatchFacts {
  /** Unified diff, `a/` and `b/` prefixes. Hostile. */
  readonly diff: string;
  readonly files: readonly PatchFile[];
  /** Why `files` could not be worked out, when they could not: the patch then fails the allowlist. */
  readonly unreadable?: string | undefined;
  readonly limits: TargetConfig['guardrails'];
  /**
   * The playbook that proposed the patch. Its name may open one file that is closed to all others: the lockfile, to
   * `missing-dependency` (and then only for what `lockfileProblems` allows). Absent: no exception.
   */
  readonly playbook?: string | undefined;
  /** Absent: not run yet, which is not a pass. */
  readonly types?: TypeFacts | undefined;
  /** Whether git has shown that the reverse diff restores the base revision. Absent: not shown yet, which is not a pass. */
  readonly inverseApplies?: boolean | undefined;
}

/** What a check found: no problems means passed, and `holds` says what was shown. */
export interface Finding {
  readonly problems: readonly string[];
  readonly holds: string;
}

/** One guardrail check. Pure; when it throws, the check has failed (fail closed). */
export interface Check {
  readonly name: string;
  readonly group: CheckVerdict['group'];
  /** `patch`: needs only the patch, so it runs before anything is executed. `trial`: needs what git and the sandbox found. */
  readonly needs: 'patch' | 'trial';
  run(facts: PatchFacts): Finding;
}
