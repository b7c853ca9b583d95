import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { sandboxEnvironment } from './sandbox.config.js';

export interface ContainedOptions {
  readonly dir: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Of stdout and stderr together only the end is kept: this many characters. */
  readonly keepOutput: number;
  /** Kills it when it fires. */
  readonly signal: AbortSignal;
}

/** A command in a process group and a home directory of its own. */
export interface ContainedProcess {
  /** Resolves when the process has ended; its exit code, `undefined` when it was killed or could not be started. Never rejects. */
  readonly ended: Promise<number | undefined>;
  hasEnded(): boolean;
  /** The end of its output. */
  output(): string;
  /** File descriptor 3 of the process: ours to talk to its preload. */
  readonly channel: Duplex;
  /** Kills the whole group and deletes its home. Safe to call twice. */
  stop(): Promise<void>;
}

/** Starts a command (program and arguments, no shell) in `dir`, with the closed environment of a sandbox. */
export async function startContained(command: readonly string[], options: ContainedOptions): Promise<ContainedProcess> {
  const { dir, env, keepOutput, signal } = options;
  const [program = '', ...args] = command;
  const home = await mkdtemp(join(tmpdir(), 'selfheal-home-'));
  const child = spawn(program, args, {
    cwd: dir,
    env: sandboxEnvironment(dir, home, env),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString('utf8')).slice(-keepOutput);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const channel = child.stdio[3] as Duplex;
  channel.on('error', () => {});

  let over = false;
  const killGroup = () => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // The group is gone already.
    }
  };
  const ended = new Promise<number | undefined>((resolve) => {
    const end = (code: number | null) => {
      over = true;
      // What it has started must not outlive it.
      killGroup();
      channel.destroy();
      // Its last words are in the pipes still.
      setImmediate(() => resolve(code ?? undefined));
    };
    child.once('exit', end);
    child.once('error', (error) => {
      keep(Buffer.from(error.message));
      end(null);
    });
  });
  signal.addEventListener('abort', killGroup, { once: true });
  if (signal.aborted) killGroup();
  const stop = async () => {
    signal.removeEventListener('abort', killGroup);
    if (!over) killGroup();
    await ended;
    await rm(home, { recursive: true, force: true, maxRetries: 3 });
  };
  return { ended, hasEnded: () => over, output: () => output, channel, stop };
}
