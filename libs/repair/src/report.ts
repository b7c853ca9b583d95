import type { Lesson } from './memory/memory.js';

/** What a heal of a repository is given. */
export interface FixOptions {
  /** Absolute path of the work tree: it is copied into the sandbox, never written to, and the command runs in it. */
  readonly root: string;
  /** Program and arguments, run without a shell. */
  readonly command: readonly string[];
  /** For the whole heal, in milliseconds. Default 300,000. */
  readonly timeoutMs?: number;
  /** How many candidates may be proven by the whole command in a fresh process. Default 5. */
  readonly maxAttempts?: number;
  /** Nobody will apply the patch: proof and report are the same. */
  readonly dryRun?: boolean;
  /** Only files that match one of these globs, relative to the root, may be edited. Absent: any that is neither ignored by git nor a test. */
  readonly files?: readonly string[];
  /** Whether tests may be edited too. Default false. */
  readonly allowTests?: boolean;
  /** Whether a work tree with uncommitted changes was agreed to. */
  readonly force?: boolean;
  /** Earlier heals of the repository, which make some candidates likelier: its own memory unless a path is given; false: none. */
  readonly memory?: false | { readonly path: string };
  /** When it aborts, everything is stopped and the report says `interrupted`. */
  readonly signal: AbortSignal;
  /** Called as the heal goes on; must not throw. */
  readonly onProgress?: (event: FixProgress) => void;
}

/** A place that may be at fault. `suspicion` is from 0 to 1. */
export interface Suspect {
  /** Relative to the root, POSIX separators. */
  readonly path: string;
  readonly line: number;
  readonly function?: string;
  readonly suspicion: number;
}

/** One step of a heal, as it happens. Texts come from the target and its command: hostile. */
export type FixProgress =
  /** The command runs as it is, for the `run`-th time. */
  | { readonly stage: 'reproducing'; readonly run: number; readonly of: number }
  /** `failures`: tests, or 1 for a command that tells of none. */
  | { readonly stage: 'reproduced'; readonly failures: number; readonly flaky: boolean; readonly ms: number }
  | { readonly stage: 'localised'; readonly files: number; readonly suspects: readonly Suspect[] }
  | { readonly stage: 'oracle'; readonly name: string; readonly width: number; readonly perSecond?: number }
  /** Throttled by the producer. */
  | {
      readonly stage: 'searching';
      readonly tried: number;
      readonly planned?: number;
      readonly plausible: number;
      readonly operator?: string;
      readonly elapsedMs: number;
    }
  | { readonly stage: 'plausible'; readonly summary: string; readonly path: string; readonly line: number }
  | { readonly stage: 'proving'; readonly attempt: number; readonly of: number; readonly summary: string }
  | { readonly stage: 'proven'; readonly summary?: string }
  | { readonly stage: 'rejected'; readonly reason: string }
  | { readonly stage: 'note'; readonly text: string };

/** Why there is no patch, as a word for machines. */
export type FixReason =
  /** The same command gave different results. */
  | 'flaky'
  | 'never_ends'
  | 'cannot_start'
  | 'needs_network'
  /** A signal ended the command, or it ran out of memory. */
  | 'killed'
  | 'no_candidate'
  /** Several candidates pass and nothing tells which is right: abstained. */
  | 'ambiguous'
  /** The heal's own time was up. */
  | 'timeout'
  /** Every candidate that passes broke a guardrail. */
  | 'guardrail'
  /** Nothing that may be edited took part in the failure. */
  | 'nothing_editable'
  /** Healed in the sandbox, but somebody changed the files in the work tree in the meantime: the patch was not applied. */
  | 'changed_meanwhile'
  | 'interrupted'
  /** selfheal itself failed: says nothing about the target. */
  | 'internal';

/** Why the command fails. Hostile text, bounded. */
export interface FixCause {
  readonly summary: string;
  readonly category: string;
  readonly location?: { readonly path: string; readonly line: number };
}

/** A candidate that was good enough to be proven by the whole command. */
export interface FixAttempt {
  readonly summary: string;
  /** The playbook or mutation operator that it came from. */
  readonly template: string;
  /** Lines added and removed: `+1 -1`. */
  readonly diff_stat: string;
  readonly outcome: 'proven' | 'failed' | 'rejected' | 'not_chosen';
  /** Why it was not taken; empty when it was. */
  readonly reason: string;
}

/** How a heal of a repository ended. */
export interface FixReport {
  readonly status: 'healed' | 'not_healed' | 'passes_already';
  /** `null` unless `not_healed`. */
  readonly reason: FixReason | null;
  /** For people: what was found and what to do about it. */
  readonly message: string;
  readonly cause: FixCause | null;
  readonly playbook: string | null;
  readonly engine: 'rules';
  /** Calibrated probability that the patch is right, 0 to 1; `null` without a patch. */
  readonly confidence: number | null;
  readonly candidates_tried: number;
  readonly attempts: readonly FixAttempt[];
  readonly total_ms: number;
  /** Unified diff with `a/` and `b/` prefixes, relative to the root. Only when healed. */
  readonly patch: string | null;
  /** The files of the patch; empty without one. */
  readonly files: readonly FixedFile[];
  /** What the proofs teach, for `rememberHeal` once it is known whether the patch was applied. */
  readonly lessons?: readonly Lesson[];
}

/** One file of a patch: what whoever applies it must find, and must write. */
export interface FixedFile {
  /** Relative to the root, POSIX separators. */
  readonly path: string;
  /** The text that the heal started from; `null` when there was no such file. */
  readonly before: string | null;
  /** `null` when the patch deletes the file. */
  readonly after: string | null;
}

/** The one entry of this library. Never rejects for what the target does: that is a report too. */
export type FixRepository = (options: FixOptions) => Promise<FixReport>;
