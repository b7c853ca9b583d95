import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { NodeProcess } from '../command/recording.js';
import { type FromWorker, fromWorkerSchema, type ToWorker } from './protocol.js';

const MAIN = fileURLToPath(new URL('../../worker/main.cjs', import.meta.url));
/** Old-space limit of a worker in MiB: two of them and the parent fit a small machine. */
const HEAP_MB = 768;

/** One worker process, in a process group of its own so that it dies with all that the code under test started. */
export class WorkerProcess {
  /** Resolves when the process is gone, whatever ended it. Never rejects. */
  readonly gone: Promise<void>;
  #isGone = false;
  readonly #child: ChildProcess;

  /**
   * @param recorded with paths that lead into the sandbox
   * @param onMessage is told of each well-formed message; anything else that comes is dropped
   */
  constructor(recorded: NodeProcess, root: string, tmp: string | undefined, onMessage: (message: FromWorker) => void) {
    this.#child = spawn(recorded.execPath, [...recorded.execArgv, `--max-old-space-size=${HEAP_MB}`, MAIN], {
      cwd: recorded.cwd,
      env: { ...recorded.env, SELFHEAL_SANDBOX: root, ...(tmp && { TMPDIR: tmp }) },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      detached: true,
      windowsHide: true,
    });
    this.#child.on('message', (message) => {
      const parsed = fromWorkerSchema.safeParse(message);
      if (parsed.success && !this.#isGone) onMessage(parsed.data);
    });
    this.gone = new Promise((resolve) => {
      const end = () => {
        this.#isGone = true;
        resolve();
      };
      this.#child.once('exit', end);
      this.#child.once('error', () => this.#child.pid === undefined && end());
    });
    // What is left of its group would outlive it.
    void this.gone.then(() => this.#signal());
  }

  /** A message to a worker that has just died is lost; its end is told by `gone`. */
  send(message: ToWorker): void {
    if (!this.#isGone && this.#child.connected) this.#child.send(message, () => undefined);
  }

  /** Processor time that it has used, ms; nothing where the system does not tell. */
  get cpuMs(): number | undefined {
    try {
      const stat = readFileSync(`/proc/${this.#child.pid}/stat`, 'utf8');
      // After the name in parentheses: user and system time are fields 14 and 15, in ticks of 10 ms (proc(5)).
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return (Number(fields[11]) + Number(fields[12])) * 10;
    } catch {
      return undefined;
    }
  }

  /** Ends it at once. Resolves when it is gone. */
  kill(): Promise<void> {
    this.#signal();
    return this.gone;
  }

  #signal(): void {
    const { pid } = this.#child;
    if (pid === undefined) return;
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      this.#child.kill('SIGKILL');
    }
  }
}
