import { type ChildProcess, spawn } from 'node:child_process';
import { childEnv } from '../config.js';
import { ProcessError } from '../errors.js';
import { ProcessLog } from './log.js';
import { becomesReady, type Ready } from './ready.js';
import { forget, reapOnExit } from './reaper.js';

export interface ProcessSpec {
  readonly name: string;
  readonly command: string;
  readonly args?: readonly string[];
  /** On top of this process's environment; `undefined` removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  readonly ready: Ready;
  readonly readyTimeoutMs?: number;
  readonly logFile?: string;
  /** How it is asked to stop; SIGTERM unless told. */
  readonly stopSignal?: NodeJS.Signals;
  /** From the stop signal to SIGKILL, in milliseconds. */
  readonly graceMs?: number;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A child process in a process group of its own, which ends with us however we end. */
export interface ManagedProcess {
  readonly name: string;
  readonly pid: number;
  /** The port it told when it became ready. */
  readonly port: number | undefined;
  /** Settles when the process that runs now has ended. */
  readonly exited: Promise<Exit>;
  /** Called when the process ends without having been asked to. */
  onCrash(listener: (error: ProcessError) => void): void;
  /** Asks it to stop, and kills the whole group when it does not within its grace. Resolves when it has ended. */
  stop(): Promise<void>;
  /** `kill -9` of the whole group. Resolves when it has ended. */
  kill(): Promise<void>;
  /** Stops it if it runs, starts it again by the same spec (with `env` on top), and awaits its readiness. */
  restart(env?: Readonly<Record<string, string | undefined>>): Promise<void>;
}

/** Starts a process and resolves when it is ready. @throws ProcessError with the tail of its log when it never is */
export async function spawnProcess(spec: ProcessSpec): Promise<ManagedProcess> {
  const managed = new Managed(spec);
  await managed.start();
  return managed;
}

class Managed implements ManagedProcess {
  readonly name: string;
  exited: Promise<Exit> = Promise.resolve({ code: null, signal: null });
  port: number | undefined;
  #child: ChildProcess | undefined;
  #expected = false;
  readonly #crash = new Set<(error: ProcessError) => void>();

  constructor(private spec: ProcessSpec) {
    this.name = spec.name;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  onCrash(listener: (error: ProcessError) => void): void {
    this.#crash.add(listener);
  }

  async start(): Promise<void> {
    const { name, command, args = [], cwd, env, ready, readyTimeoutMs = 30_000, logFile, stopSignal = 'SIGTERM' } = this.spec;
    const log = new ProcessLog(logFile);
    const child = spawn(command, args, {
      cwd,
      env: childEnv(env),
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', ...(ready === 'ipc' ? (['ipc'] as const) : [])],
    });
    const { pid } = child;
    if (pid !== undefined) reapOnExit(pid, stopSignal);
    this.#child = child;
    this.#expected = false;
    for (const stream of [child.stdout, child.stderr]) if (stream) log.read(stream);

    let isReady = false;
    const waiting = new AbortController();
    const failed = (what: string) => new ProcessError(name, what, log.tail);
    this.exited = ended(child, log).then((exit) => {
      // What it left in its group (a fork that outlived its parent) goes with it.
      this.#signal(child, 'SIGKILL');
      if (pid !== undefined) forget(pid);
      log.close();
      waiting.abort();
      if (isReady && !this.#expected) for (const tell of this.#crash) tell(failed(`ended unexpectedly (${describe(exit)})`));
      return exit;
    });
    const timer = setTimeout(() => waiting.abort('timeout'), readyTimeoutMs);
    try {
      const timedOut = new Promise<never>((_, reject) => {
        waiting.signal.addEventListener('abort', () => {
          if (waiting.signal.reason === 'timeout') reject(failed(`was not ready after ${readyTimeoutMs} ms`));
        });
      });
      const early = this.exited.then((exit) => Promise.reject(failed(`ended before it was ready (${describe(exit)})`)));
      this.port = (await Promise.race([becomesReady(child, log, ready, waiting.signal), early, timedOut])) ?? this.port;
      isReady = true;
    } catch (error) {
      await this.kill();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  async stop(): Promise<void> {
    const child = this.#child;
    if (!child || !isRunning(child)) return;
    this.#expected = true;
    child.kill(this.spec.stopSignal ?? 'SIGTERM');
    const timer = setTimeout(() => this.#signal(child, 'SIGKILL'), this.spec.graceMs ?? 10_000);
    await this.exited;
    clearTimeout(timer);
  }

  async kill(): Promise<void> {
    this.#expected = true;
    if (this.#child) this.#signal(this.#child, 'SIGKILL');
    await this.exited;
  }

  async restart(env: Readonly<Record<string, string | undefined>> = {}): Promise<void> {
    await this.stop();
    this.spec = { ...this.spec, env: { ...this.spec.env, ...env } };
    await this.start();
  }

  /** To the whole group. */
  #signal(child: ChildProcess, signal: NodeJS.Signals): void {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, signal);
    } catch {
      // Gone already.
    }
  }
}

const isRunning = (child: ChildProcess): boolean => child.pid !== undefined && child.exitCode === null && child.signalCode === null;
const describe = ({ code, signal }: Exit): string => (signal ? `signal ${signal}` : `exit code ${code}`);

/** After the exit, its last output is waited for, but not for long: a fork may hold the pipe open. */
const ended = (child: ChildProcess, log: ProcessLog): Promise<Exit> =>
  new Promise((resolve) => {
    child.on('error', (error) => {
      log.tail.push(error.message);
      if (child.pid === undefined) resolve({ code: null, signal: null });
    });
    child.on('close', (code, signal) => resolve({ code, signal }));
    child.on('exit', (code, signal) => setTimeout(resolve, 200, { code, signal }).unref());
  });
