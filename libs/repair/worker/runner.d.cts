/**
 * What a warm runner is, for the files in `runners/`. All of it runs in the worker process, by the user's own Node
 * (>= 18.19), in plain CommonJS; nothing here may import from TypeScript or from node_modules of selfheal.
 *
 * Who does what:
 * - `main.cjs` (the worker) writes a candidate's files into its sandbox before `run` and puts back the base's text of
 *   files that the last candidate changed; both are in `changed`. It notices writes of the code under test and failures
 *   of the runner itself; a rejection of `run` costs the worker its life, so reject only when it can no longer be used.
 * - the pool (the parent) kills the worker when neither `run` returns nor `progress` is called within the budget, and
 *   takes a spare. `process.exit` and `process.abort` in the code under test throw an `ExitSentinel` (exits.cjs) while
 *   a run is on; a runner that sees it at the top treats exit 0 as the end and any other code as `error`.
 * - for coverage the parent has replaced the sources under repair by instrumented texts (they call `Buffer.__sf(n)` at
 *   every statement); the runner only says which test is running, with coverage.cjs: `begin(testId)` … `end()`.
 */
import type { NodeProcess } from '../src/command/recording.js';
import type { TestError, TestResult } from '../src/oracle/oracle.js';

export interface RunRequest {
  /** Absolute real paths of files whose text on disk differs from the one of the last run: drop them and all that depends on them. */
  readonly changed: readonly string[];
  /** Ids as in an earlier run's `tests`: run just these, in this order where that is easy. Absent: run every test. */
  readonly only?: readonly string[];
  /** Leave out what follows the first failing test. */
  readonly stopAtFirstFailure: boolean;
  /** A test that takes longer has failed with an error named `TimeoutError`. Absent: the framework's own limit. */
  readonly testTimeoutMs?: number;
  /** Within which `run` has to return; a runner that can stop an endless loop by itself does so then. Absent: no limit. */
  readonly budgetMs?: number;
  /** Ask for which statements each test executed. Sources are instrumented then (see above), and never otherwise. */
  readonly coverage?: 'per-test';
}

export interface RunnerCoverage {
  /** TestResult.id, or '' for what ran outside any test (load time). */
  readonly test: string;
  readonly failed: boolean;
  /** Numbers of the statements executed, as given to `Buffer.__sf`, ascending. What ran at load time counts for '' only. */
  readonly hits: readonly number[];
}

export interface RunAnswer {
  /** Every test that ran (and those skipped where the framework tells). Ids are unique: file relative to root, ` > `, full title. */
  readonly tests: readonly TestResult[];
  /** What failed outside any test: a syntax error at load, a hook, an uncaught exception, process.exit(n > 0). */
  readonly error?: TestError;
  /**
   * Whether the real command would have exited with 0 after this run. `main.cjs` fills in "no error and no failed test"
   * when it is absent.
   */
  readonly passed?: boolean;
  readonly coverage?: readonly RunnerCoverage[];
  /** With coverage: absolute paths of modules of the sandbox, outside node_modules, that were loaded, where the runner knows. */
  readonly loaded?: readonly string[];
  /** Set when the runner itself stopped the run (`timeout`), or the code under test would have taken the process down. */
  readonly outcome?: 'timeout' | 'crashed';
  /** Why this process cannot be replayed faithfully after all; heeded in the base's run, where it means another oracle. */
  readonly unfaithful?: string;
  /** The process is no longer clean (leftover handles, half-loaded state): the answer stands, but a new worker runs the next. */
  readonly retire?: boolean;
}

export interface OpenRunner {
  /** `only` is not heeded: every run runs everything. Otherwise main.cjs runs the base's failing tests first, alone. */
  readonly indivisible?: true;
  /** Runs the tests of the files as they are on disk now. One call at a time. Never rejects for what the code under test does. */
  run(request: RunRequest): Promise<RunAnswer>;
}

export interface OpenContext {
  /** The worker's sandbox, absolute real path: `process.cwd()` is in it, and the recorded paths have been mapped into it. */
  readonly root: string;
  /** Say that a test begins (or anything else that shows life): the watchdog counts from the last call. Cheap to call often. */
  readonly progress: (testId?: string) => void;
}

/** A file `runners/<name>.cjs` exports exactly this. */
export interface Runner {
  /** For the report, such as `mocha`. */
  readonly name: string;
  /** Whether `open` can replay this process faithfully. Cheap: looks at paths and arguments, loads nothing. */
  recognises(process: NodeProcess): boolean;
  /** Sets up once per worker; rejects with a plain Error when it cannot replay the process after all. */
  open(process: NodeProcess, context: OpenContext): Promise<OpenRunner>;
}
