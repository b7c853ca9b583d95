import type { TestCoverage, TestRun } from '../oracle/oracle.js';

/** A Node process that the command started, as its preload saw it. */
export interface NodeProcess {
  readonly pid: number;
  readonly ppid: number;
  /** Absolute path of the Node that ran it. */
  readonly execPath: string;
  /** Options of Node itself, without what selfheal added. */
  readonly execArgv: readonly string[];
  /** argv[1] as an absolute real path, and what followed it. */
  readonly script: string;
  readonly args: readonly string[];
  /** Absolute; inside the sandbox for a process that can be replayed. */
  readonly cwd: string;
  /** The whole environment, without what selfheal added. */
  readonly env: Readonly<Record<string, string>>;
  readonly exitCode: number | null;
  readonly ms: number;
}

/** One run of the command in a sandbox, with everything the preload saw. */
export interface Recording {
  readonly run: TestRun;
  /** Processes in order of start; a command that is no Node program may have none. */
  readonly processes: readonly NodeProcess[];
  /** The leaf process whose failure makes the command fail, when there is exactly one candidate for it. */
  readonly failing?: NodeProcess;
  /** V8's coverage of the whole run, of files under the root (never node_modules). */
  readonly coverage: readonly TestCoverage[];
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** It was stopped when its time was up, and waited then: nothing of it computed. */
  readonly isIdle?: boolean;
  /** Processes that outlived the command and were killed. */
  readonly orphans: number;
  /** Standard output and error, the last 64 KiB; paths are those of the original, as in every error of `run`. */
  readonly output: string;
}
