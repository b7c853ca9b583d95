import { availableParallelism } from 'node:os';
import { openSandbox, type Sandbox } from '../sandbox/sandbox.js';
import type { Command } from './command.js';
import { CommandNotFoundError } from './errors.js';
import { failuresOf, verdictOf } from './judge-run.js';
import type { RecordLevel } from './recorder.js';
import type { Recording } from './recording.js';
import type { Reproduction } from './reproduction.js';
import { runCommand } from './run-command.js';
import { signatureOf } from './signature.js';

export interface ReproduceOptions {
  /** How often the command is run to learn whether it always fails alike; default 3, and 2 for one that takes over 10 s. */
  readonly runs?: number;
  /** A command that takes longer is run once: the caller repeats it in a quicker way. Milliseconds. */
  readonly onceAboveMs?: number | undefined;
  /** For one run. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** Told of each run as it starts, counted from 1; two may run at once. */
  readonly onRun?: (run: number) => void;
}

const LONG_MS = 10_000;

/**
 * Runs the command until it is known whether and how it fails. The sandbox is as it was afterwards. Rejects only when
 * the signal fires or the sandbox cannot be made or restored.
 */
export async function reproduce(command: Command, sandbox: Sandbox, options: ReproduceOptions): Promise<Reproduction> {
  const { runs = 3, onRun } = options;
  let started = 0;
  const once = async (where: Sandbox, record: RecordLevel) => {
    onRun?.(++started);
    const recording = await runCommand({ ...command, sandbox: where, timeoutMs: options.timeoutMs, signal: options.signal, record });
    await where.restore();
    return recording;
  };
  try {
    const first = await once(sandbox, 'coverage');
    const verdict = verdictOf(first);
    if (verdict !== undefined) return verdict;
    const more =
      first.run.ms > (options.onceAboveMs ?? Number.POSITIVE_INFINITY) ? 0 : (first.run.ms > LONG_MS ? Math.min(runs, 2) : runs) - 1;
    return conclude([first, ...(await repeat(first, more, sandbox, options, once))]);
  } catch (error) {
    if (error instanceof CommandNotFoundError) return { kind: 'cannot-start', reason: error.message };
    throw error;
  }
}

/**
 * The other runs, two at a time where there are cores for it. When those do not agree with the first they may have been
 * in each other's way (a fixed port, say): what counts then is the same number of runs one after the other.
 */
async function repeat(
  first: Recording,
  count: number,
  sandbox: Sandbox,
  options: ReproduceOptions,
  once: (where: Sandbox, record: RecordLevel) => Promise<Recording>,
): Promise<Recording[]> {
  if (count > 1 && availableParallelism() > 1) {
    const other = await openSandbox(sandbox.origin, { signal: options.signal });
    try {
      const done: Recording[] = [];
      while (done.length < count) {
        const places = count - done.length > 1 ? [sandbox, other] : [sandbox];
        const settled = await Promise.allSettled(places.map((where) => once(where, 'processes')));
        for (const one of settled) {
          if (one.status === 'rejected') throw one.reason;
          done.push(one.value);
        }
      }
      if (done.every((one) => signatureOf(one) === signatureOf(first))) return done;
    } finally {
      await other.close();
    }
  }
  const done: Recording[] = [];
  while (done.length < count) done.push(await once(sandbox, 'processes'));
  return done;
}

function conclude(recordings: readonly [Recording, ...Recording[]]): Reproduction {
  const [recording] = recordings;
  const medianMs = median(recordings.map(({ run }) => run.ms));
  const unstable = new Set(recordings.map(signatureOf)).size > 1;
  if (unstable && !failEach(recordings)) return { kind: 'flaky', outcomes: recordings.map(outcomeOf) };
  if (recording.run.outcome === 'passed') return { kind: 'passes', recording, medianMs };
  return { kind: 'fails', recording, failures: failuresOf(recording), medianMs, unstable };
}

/** Whether some test fails in every run: the others may suffer from what it leaves behind, such as a late exception. */
function failEach(recordings: readonly [Recording, ...Recording[]]): boolean {
  const [first, ...others] = recordings.map(({ run }) => new Set(run.tests.filter(({ state }) => state === 'failed').map(({ id }) => id)));
  return [...(first ?? [])].some((id) => others.every((failed) => failed.has(id)));
}

/** One run in a line: `passed`, `timeout`, or what failed. */
function outcomeOf({ run, exitCode }: Recording): string {
  if (run.outcome === 'passed' || run.outcome === 'timeout') return run.outcome;
  const failed = run.tests.filter(({ state }) => state === 'failed').map(({ id }) => id);
  if (failed.length > 0) return `failed: ${failed.slice(0, 5).join(', ')}${failed.length > 5 ? ` and ${failed.length - 5} more` : ''}`;
  return `failed: ${run.error === undefined ? `exit code ${exitCode}` : `${run.error.name}: ${run.error.message.slice(0, 200)}`}`;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}
