import { isAbsolute, join, relative, sep } from 'node:path';
import type { NodeProcess } from '../command/recording.js';
import { runCommand } from '../command/run-command.js';
import type { Patch, TestRun } from '../oracle/oracle.js';
import { inSandbox } from '../oracle/rebase-process.js';
import type { Sandbox } from '../sandbox/sandbox.js';
import { isTestPath } from '../work-tree/tests.js';

/** More of a suite than this is not asked for its opinion. */
const MAX_FILES = 400;

export interface RegressionInput {
  /** The failing process: a test framework with the test files it runs among its arguments. */
  readonly failing: NodeProcess;
  /** The sandbox of the recording. */
  readonly sandbox: Sandbox;
  /** Another copy, for the base. */
  readonly openOther: () => Promise<Sandbox>;
  /** Paths of the repository's files, relative to the root. */
  readonly paths: Iterable<string>;
  /** For one run of the wider suite, in milliseconds. One that takes longer has no say. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * The arguments with every test of the folders and kinds that they name, where they name some tests but not all; nothing
 * when there is no wider suite to ask. Pure.
 */
export function widerArguments(args: readonly string[], cwd: string, root: string, paths: Iterable<string>): string[] | undefined {
  const pathOf = (arg: string) =>
    relative(root, isAbsolute(arg) ? arg : join(cwd, arg))
      .split(sep)
      .join('/');
  const all = new Set(paths);
  const named = args.filter((arg) => !arg.startsWith('-') && all.has(pathOf(arg)) && isTestPath(pathOf(arg)));
  if (named.length === 0) return undefined;
  const kinds = new Set(named.map((arg) => kindOf(pathOf(arg))));
  const more = [...all]
    .filter((path) => isTestPath(path) && kinds.has(kindOf(path)) && !named.some((arg) => pathOf(arg) === path))
    .slice(0, MAX_FILES);
  return more.length === 0 ? undefined : [...args, ...more.map((path) => join(root, path))];
}

/** A test file's folder and ending: `test/a.js` and `test/b.js` are of one kind, `test/support/env.js` is of another. */
const kindOf = (path: string): string =>
  `${path.slice(0, path.lastIndexOf('/') + 1)}*${/(?:\.(?:spec|test))?\.[^./]+$/.exec(path)?.[0] ?? ''}`;

/**
 * Asks the tests beside those that the command runs: which of them pass on the base and fail with a patch, twice. A patch that
 * makes the one failing test pass at the cost of others is seldom right. The base is run once, at the first question.
 */
export function regressionCheck(input: RegressionInput): (patch: Patch) => Promise<readonly string[]> {
  const { failing, sandbox, openOther, paths, timeoutMs, signal } = input;
  const args = widerArguments(failing.args, failing.cwd, sandbox.root, paths);
  if (!args || expectedMs(failing.ms, failing.args.length, args.length) > timeoutMs) return async () => [];
  const run = async (where: Sandbox): Promise<TestRun> => {
    const { execPath, execArgv, script, args: all, cwd, env } = inSandbox({ ...failing, args }, sandbox.root, where.root);
    const argv = [execPath, ...execArgv, script, ...all];
    return (await runCommand({ argv, cwd: relative(where.root, cwd), env, sandbox: where, timeoutMs, signal, record: 'processes' })).run;
  };
  let base: Promise<ReadonlySet<string>> | undefined;
  return async (patch) => {
    base ??= passingOn(openOther, run);
    const patched = async () => {
      await sandbox.write(patch);
      try {
        return await run(sandbox);
      } finally {
        await sandbox.restore();
      }
    };
    const [passing, first] = await Promise.all([base, patched()]);
    const lost = failedIn(first).filter((id) => passing.has(id));
    if (lost.length === 0) return [];
    const again = new Set(failedIn(await patched()));
    return lost.filter((id) => again.has(id));
  };
}

/** A guess: a suite's start costs as much as many of its files, so it grows with the root of their number. */
const expectedMs = (ms: number, named: number, all: number): number => ms * Math.sqrt(all / Math.max(1, named));

async function passingOn(openOther: () => Promise<Sandbox>, run: (where: Sandbox) => Promise<TestRun>): Promise<ReadonlySet<string>> {
  const other = await openOther();
  try {
    const { tests } = await run(other);
    return new Set(tests.filter(({ state }) => state === 'passed').map(({ id }) => id));
  } finally {
    await other.close();
  }
}

const failedIn = ({ outcome, tests }: TestRun): string[] =>
  outcome === 'timeout' ? [] : tests.filter(({ state }) => state === 'failed').map(({ id }) => id);
