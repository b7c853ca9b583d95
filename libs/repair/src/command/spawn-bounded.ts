import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { CommandNotFoundError } from './errors.js';
import { OutputTail } from './output-tail.js';
import { isComputing, isRunning, killAll, processesWith } from './survivors.js';

export interface SpawnOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** A text in `env` that no other run has: finds what the command leaves behind. */
  readonly marker: string;
  /** More processes to kill when the command has ended: its own knowledge of what it started. */
  readonly alsoKill?: () => readonly number[];
}

export interface SpawnResult {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** It was stopped because its time was up. */
  readonly timedOut: boolean;
  /** When its time was up it waited: nothing of it computed. */
  readonly isIdle: boolean;
  readonly ms: number;
  /** Of both streams as they came, the last 64 KiB. */
  readonly output: string;
  /** What was still running when the command had ended, and was killed. */
  readonly orphans: readonly number[];
}

const KEPT_OUTPUT = 64 * 1024;
/** How long the pipes may stay open after the end: somebody we could not find holds them. */
const PIPES_MS = 500;
/** How often a command whose time is up is looked at, and how long between: a server does something now and then. Milliseconds. */
const LOOKS = 5;
const LOOK_MS = 20;

/**
 * Runs a program with no shell and no input, in a process group of its own, and kills everything that it started when
 * it ends, when its time is up and when `signal` fires. Throws CommandNotFoundError, and the signal's reason.
 */
export async function spawnBounded(argv: readonly string[], options: SpawnOptions): Promise<SpawnResult> {
  const { cwd, env, timeoutMs, signal, marker } = options;
  signal?.throwIfAborted();
  const [program = '', ...args] = argv;
  const startedAt = performance.now();
  const child = started(program, args, { cwd, env });
  const output = new OutputTail(KEPT_OUTPUT);
  child.stdout.on('data', (chunk: Buffer) => output.add(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.add(chunk));
  let timedOut = false;
  let isIdle = false;
  let orphans: number[] = [];

  const group = () => (child.pid === undefined ? [] : [-child.pid]);
  const running = () => [...new Set([...processesWith(marker), ...(options.alsoKill?.() ?? [])])].filter(isRunning);
  const sweep = () => {
    const left = running();
    killAll([...group(), ...left]);
    return left;
  };
  const stop = () => {
    sweep();
    // What was being started while we looked.
    sweep();
  };
  const expire = async () => {
    const pids = running();
    let waiting = 0;
    for (let look = 0; look < LOOKS; look++) {
      if (isComputing(pids) === false) waiting++;
      await sleep(LOOK_MS);
    }
    if (child.exitCode !== null || child.signalCode !== null) return;
    timedOut = true;
    isIdle = waiting > LOOKS / 2;
    stop();
  };
  const timer = setTimeout(() => void expire(), timeoutMs);
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await new Promise<SpawnResult>((resolve, reject) => {
      let pipes: NodeJS.Timeout | undefined;
      let ms = 0;
      child.once('error', (error: NodeJS.ErrnoException) => {
        if (child.pid === undefined) reject(new CommandNotFoundError(program, reasonOf(error)));
      });
      child.once('exit', () => {
        ms = performance.now() - startedAt;
        clearTimeout(timer);
        orphans = sweep();
        pipes = setTimeout(() => {
          child.stdout.destroy();
          child.stderr.destroy();
        }, PIPES_MS);
      });
      child.once('close', (exitCode, by) => {
        clearTimeout(pipes);
        if (signal?.aborted) reject(signal.reason);
        else resolve({ exitCode, signal: by, timedOut, isIdle, ms, output: output.text(), orphans: timedOut ? [] : orphans });
      });
    });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}

function started(program: string, args: readonly string[], { cwd, env }: Pick<SpawnOptions, 'cwd' | 'env'>) {
  try {
    return spawn(program, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
  } catch (error) {
    // No program can have that name: empty, or with a zero character.
    throw new CommandNotFoundError(program, error instanceof Error ? error.message : String(error));
  }
}

function reasonOf(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return 'there is no such program';
  if (error.code === 'EACCES') return 'it is not executable';
  return error.message;
}
