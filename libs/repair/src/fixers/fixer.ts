import type { FAMILIES, SourceSnapshot } from '@selfheal/contracts';
import type { Recording } from '../command/recording.js';
import type { Patch, TestError } from '../oracle/oracle.js';

/** What is known of the failure. Texts in it are hostile: never a command, never a path that is trusted. */
export interface FixerFailure {
  /** The user's command. */
  readonly command: readonly string[];
  readonly recording: Recording;
  readonly errors: readonly TestError[];
}

/** How a program that a fixer ran has ended. */
export interface ToolRun {
  readonly exitCode: number | null;
  /** Standard output and error, bounded by who runs it. */
  readonly output: string;
}

export interface FixerContext {
  readonly failure: FixerFailure;
  /** Absolute path of the sandbox, with the base's files. A fixer leaves it as it found it, apart from tools' caches. */
  readonly root: string;
  /** The base's texts: what patches are made against. */
  readonly snapshot: SourceSnapshot;
  readonly signal: AbortSignal;
  /** Whether the user lets a path be edited; the snapshot's paths. */
  readonly editable: (path: string) => boolean;
  /**
   * Runs a program in the sandbox, without a shell, with limits, in `cwd` (absolute, inside of it). Fixers run nothing but
   * programs of which the failing command has run the same. Rejects when the signal aborts.
   */
  readonly run: (
    argv: readonly string[],
    options: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
  ) => Promise<ToolRun>;
}

/** One way to mend it, proven like any other candidate. */
export interface Fix {
  readonly patch: Patch;
  /** The fixer's name and what it did: `lint-autofix/eslint`. */
  readonly template: string;
  /** For people, at most 500 characters. */
  readonly summary: string;
  /** (0, 1]: higher is tried first. */
  readonly weight: number;
}

/** Fixes that need a tool or the file system, and so are no playbook. A new one is a folder here and a line in the index. */
export interface Fixer {
  /** Kebab-case. It is the `playbook` of its patches: guardrails that open for one playbook alone know it by this. */
  readonly name: string;
  readonly family: (typeof FAMILIES)[number];
  readonly title: string;
  /** Whether the failure is of its kind. Pure and quick. */
  applies(failure: FixerFailure, snapshot: SourceSnapshot): boolean;
  /** Its fixes, likeliest first; empty when it has none. Rejects only when the signal aborts. */
  propose(context: FixerContext): Promise<readonly Fix[]>;
}

/** Everything that the failure has said, bounded: the errors' messages, then the command's output. */
export const saidBy = ({ errors, recording }: FixerFailure): string =>
  `${errors
    .slice(0, 50)
    .map(({ message, stack }) => `${message.slice(0, 4000)}\n${stack.slice(0, 4000)}`)
    .join('\n')}\n${recording.output.slice(-65_536)}`;
