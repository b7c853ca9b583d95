import { availableParallelism } from 'node:os';
import type { NodeProcess, Recording } from '../command/recording.js';
import type { Oracle, TestRun } from './oracle.js';
import { inSandbox } from './rebase-process.js';
import type { OracleSandbox } from './sandbox.js';

/** What to start in a sandbox: argv without a shell, cwd relative to the root. */
export interface RunRequest<S extends OracleSandbox> {
  readonly argv: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly sandbox: S;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  readonly record?: 'off' | 'processes';
}

export interface CommandOracleSettings<S extends OracleSandbox> {
  readonly recording: Recording;
  readonly recordedRoot: string;
  /** The user's command, for when the failing process is not known. */
  readonly command: { readonly argv: readonly string[]; readonly cwd?: string; readonly env?: Readonly<Record<string, string>> };
  readonly makeSandbox: () => Promise<S>;
  /** command/run-command.ts; rejects only for the signal. */
  readonly runCommand: (request: RunRequest<S>) => Promise<Recording>;
  readonly signal: AbortSignal;
  /** Sandboxes side by side; default: one for each core. */
  readonly workers?: number;
  /** Longest run of a candidate, ms; default five times the base's and at least 5 s. */
  readonly timeoutMs?: number;
}

/** The fall-back: a fresh process for each candidate, of the failing process where it is known, else of the whole command. */
export function commandOracle<S extends OracleSandbox>(settings: CommandOracleSettings<S>): Oracle {
  const { recording, makeSandbox, runCommand, command, signal, recordedRoot } = settings;
  const width = settings.workers ?? Math.max(1, availableParallelism());
  const isEndless = recording.run.outcome === 'timeout';
  const timeoutMs = settings.timeoutMs ?? (isEndless ? 10_000 : Math.max(5_000, 5 * recording.run.ms));
  const free: Promise<S>[] = [];
  const waiting: ((sandbox: Promise<S>) => void)[] = [];
  const made: Promise<S>[] = [];
  let isClosed = false;

  const take = (): Promise<S> => {
    const ready = free.pop();
    if (ready) return ready;
    if (made.length < width) {
      const sandbox = makeSandbox();
      made.push(sandbox);
      return sandbox;
    }
    return new Promise((resolve) => waiting.push(resolve));
  };
  const giveBack = (sandbox: Promise<S>) => {
    const next = waiting.shift();
    if (next) next(sandbox);
    else free.push(sandbox);
  };

  return {
    name: 'command',
    width,
    base: recording.run,
    coverage: recording.coverage,
    unstable: [],
    run: async (patch, { signal: stop }) => {
      const both = AbortSignal.any([signal, stop]);
      both.throwIfAborted();
      if (isClosed) throw new Error('the oracle is closed');
      const sandbox = await take();
      try {
        both.throwIfAborted();
        await sandbox.write(patch);
        const request = recording.failing ? leafRequest(recording.failing, recordedRoot, sandbox.root) : command;
        const { run } = await runCommand({ ...request, sandbox, timeoutMs, signal: both, record: 'processes' });
        return run satisfies TestRun;
      } finally {
        await sandbox.restore().then(
          () => giveBack(Promise.resolve(sandbox)),
          async () => {
            // A sandbox that cannot be put back is of no more use.
            await sandbox.close();
            giveBack(isClosed ? Promise.resolve(sandbox) : makeSandbox());
          },
        );
      }
    },
    close: async () => {
      isClosed = true;
      await Promise.all(
        made.map((sandbox) =>
          sandbox.then(
            (each) => each.close(),
            () => undefined,
          ),
        ),
      );
    },
  };
}

/** The failing process alone, as it was started. */
function leafRequest(recorded: NodeProcess, recordedRoot: string, root: string) {
  const { execPath, execArgv, script, args, cwd, env } = inSandbox(recorded, recordedRoot, root);
  const inside = cwd === root ? '.' : cwd.slice(root.length + 1);
  return { argv: [execPath, ...execArgv, script, ...args], cwd: inside, env };
}
