/** What a test said. A plain script's assertions are tests too, named by their place: `test.js:12`. */
export interface TestResult {
  /** Unique in a run: file and full title as the runner prints them. */
  readonly id: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  readonly ms?: number;
  readonly error?: TestError;
}

/** An error as a test, a script or a build reported it. Hostile input: bounded, never a command. */
export interface TestError {
  readonly name: string;
  /** At most 4,000 characters. */
  readonly message: string;
  /** At most 16,000 characters. */
  readonly stack: string;
  /** What the assertion expected and got, as JSON-like text, when the runner says so. At most 2,000 characters each. */
  readonly expected?: string;
  readonly actual?: string;
}

/** One execution of the command, or of the part of it that fails, with some version of the sources. */
export interface TestRun {
  /** `passed`: exit 0. `crashed`: ended without saying which tests failed. `timeout`: stopped by us. */
  readonly outcome: 'passed' | 'failed' | 'crashed' | 'timeout';
  /** Every test it told of; empty when the runner is unknown. */
  readonly tests: readonly TestResult[];
  /** What failed outside any test: a syntax error at load, an uncaught exception. */
  readonly error?: TestError;
  readonly ms: number;
}

/** New texts by path relative to the root: one candidate. Files not named are as in the base. */
export type Patch = ReadonlyMap<string, string>;

/** Which lines of which files a test executed; per test where the runner allows, else one entry for the whole run. */
export interface TestCoverage {
  /** The test's id, or '' for the whole run. */
  readonly test: string;
  readonly failed: boolean;
  /** By path relative to the root: executed stretches as UTF-16 offsets [start, end) of the base text, sorted, disjoint. */
  readonly files: ReadonlyMap<string, readonly (readonly [number, number])[]>;
}

/**
 * Answers quickly whether a candidate would make the command pass. An oracle may be wrong (it runs candidates in one
 * process, one after the other); what it lets through is proven by the command itself in a fresh process.
 */
export interface Oracle {
  /** How it runs candidates, for the report: `script (warm)`, `mocha (warm)`, `jest (warm)`, `command`. */
  readonly name: string;
  /** How many candidates it runs side by side. */
  readonly width: number;
  /** The base's run through this oracle: the tests that fail and those that pass. */
  readonly base: TestRun;
  /** Tests that do not end the same way each time, left out of `base`; a proof must be repeated where there are any. */
  readonly unstable: readonly string[];
  /** Coverage of the base by test; empty when it cannot be had. */
  readonly coverage: readonly TestCoverage[];
  /**
   * Runs a candidate. Never rejects because of what the candidate does: endless loops, exhausted memory, `process.exit`
   * and deleted files are a `timeout` or `crashed`. Rejects only when `signal` aborts. Up to `width` calls at once.
   * `stopAtFirstFailure` (default true) may leave tests out after the first that fails; then `tests` is partial.
   */
  run(patch: Patch, options: { readonly signal: AbortSignal; readonly stopAtFirstFailure?: boolean }): Promise<TestRun>;
  close(): Promise<void>;
}
