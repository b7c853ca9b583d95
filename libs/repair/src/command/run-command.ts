import { join } from 'node:path';
import type { TestError, TestRun } from '../oracle/oracle.js';
import type { Sandbox } from '../sandbox/sandbox.js';
import type { Command } from './command.js';
import { readCoverage } from './coverage/read-coverage.js';
import { userEnvironment } from './environment.config.js';
import { endlessProcess, failingProcess } from './failing.js';
import { mapStack } from './map-stack.js';
import { type ProcessRecord, readProcessRecords, unfinishedPids } from './process-records.js';
import { rebaseEnvironment, rebaseOutput, rebasePaths } from './rebase.js';
import { openRecorder, type RecordLevel } from './recorder.js';
import type { NodeProcess, Recording } from './recording.js';
import { type SpawnResult, spawnBounded } from './spawn-bounded.js';
import { testRunOf } from './test-run.js';

export interface RunCommandOptions extends Command {
  readonly sandbox: Sandbox;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** Default `off`: only the exit code and the output. */
  readonly record?: RecordLevel;
}

/**
 * Runs the command in the sandbox as it stands (candidate written or not), with the user's environment, in which paths
 * into the original lead into the sandbox. Nothing that it starts outlives it. Does not restore the sandbox.
 * @throws CommandNotFoundError when its program cannot be started, and the signal's reason when it fires.
 */
export async function runCommand(options: RunCommandOptions): Promise<Recording> {
  const { sandbox, timeoutMs, signal, record = 'off' } = options;
  const toSandbox = (text: string) => sandbox.originNames.reduce((now, name) => rebasePaths(now, name, sandbox.root), text);
  const cwd = join(sandbox.root, options.cwd ?? '.');
  const user = { ...rebaseEnvironment(userEnvironment(), sandbox.originNames, sandbox.root), ...options.env };
  const recorder = openRecorder(sandbox.scratch, record, user.NODE_OPTIONS);
  try {
    const result = await spawnBounded(options.argv.map(toSandbox), {
      cwd,
      env: { ...user, PWD: cwd, TMPDIR: sandbox.tmp, ...recorder.env },
      timeoutMs,
      signal,
      marker: recorder.marker,
      alsoKill: () => unfinishedPids(recorder.processesDir),
    });
    const records = record === 'off' ? [] : readProcessRecords(recorder.processesDir);
    const coverage = record === 'coverage' ? readCoverage(recorder.coverageDir, [sandbox.root, sandbox.origin]) : undefined;
    return recordingOf(result, records, coverage, sandbox);
  } finally {
    recorder.close();
  }
}

function recordingOf(
  result: SpawnResult,
  records: readonly ProcessRecord[],
  executed: ReturnType<typeof readCoverage> | undefined,
  sandbox: Sandbox,
): Recording {
  const { exitCode, signal, timedOut, ms, output, orphans } = result;
  const failing = timedOut ? endlessProcess(records) : exitCode !== 0 ? failingProcess(records, orphans) : undefined;
  const facts = { exitCode, timedOut, ms, output, processes: records, ...(failing && { failing }), root: sandbox.root };
  const run = withOriginalPaths(testRunOf(facts), sandbox);
  return {
    run,
    processes: records.map(publicProcess),
    ...(failing && { failing: publicProcess(failing) }),
    coverage: executed === undefined ? [] : [{ test: '', failed: run.outcome !== 'passed', files: executed }],
    exitCode,
    signal: timedOut ? null : signal,
    ...(result.isIdle && { isIdle: true }),
    orphans: orphans.length,
    output: toOrigin(output, sandbox),
  };
}

function toOrigin(text: string, sandbox: Sandbox): string {
  return rebaseOutput(text, sandbox.root, sandbox.origin);
}

function withOriginalPaths(run: TestRun, sandbox: Sandbox): TestRun {
  const error = (one: TestError): TestError => ({
    ...one,
    message: toOrigin(one.message, sandbox),
    stack: toOrigin(mapStack(one.stack, sandbox.root), sandbox),
  });
  return {
    ...run,
    ...(run.error && { error: error(run.error) }),
    tests: run.tests.map((test) => (test.error === undefined ? test : { ...test, error: error(test.error) })),
  };
}

function publicProcess({ pid, ppid, execPath, execArgv, script, args, cwd, env, exitCode, ms }: ProcessRecord): NodeProcess {
  return { pid, ppid, execPath, execArgv, script, args, cwd, env, exitCode, ms };
}
