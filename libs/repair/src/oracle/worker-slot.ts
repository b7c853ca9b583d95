import { performance } from 'node:perf_hooks';
import type { NodeProcess } from '../command/recording.js';
import type { FromWorker, ToWorker, WorkerAnswer } from './protocol.js';
import { inSandbox } from './rebase-process.js';
import type { OracleSandbox } from './sandbox.js';
import { WorkerProcess } from './worker-process.js';

/** A run that a slot has been given. */
export interface Job {
  readonly message: Extract<ToWorker, { type: 'run' }>;
  /** The run's own limit and the one on silence (no test begins), ms. */
  readonly limits: { readonly totalMs: number; readonly silenceMs: number };
  readonly done: (result: WorkerAnswer | 'timeout' | 'crashed') => void;
}

export interface SlotSettings {
  readonly recorded: NodeProcess;
  readonly recordedRoot: string;
  readonly overlay: Readonly<Record<string, readonly (readonly [string, string])[]>>;
  readonly runners: readonly string[];
}

/** How long a worker may take to start and open its runner, ms: a framework loads slowly on a busy machine. */
const OPEN_MS = 20_000;

/** How much longer a candidate may take when the machine is busy with other things. */
const STARVED_TIMES = 4;

/**
 * A sandbox and the worker process that lives in it. Runs its jobs one after the other, in the order given; several may
 * wait in the worker's own queue, so that it never waits for the parent. When its process is lost the slot is `broken`
 * until `revive`.
 */
export class WorkerSlot {
  state: 'starting' | 'ready' | 'broken' | 'closed' = 'starting';
  runner = '';
  /** Broken, and nobody will start it again. */
  isGivenUp = false;
  readonly #jobs: Job[] = [];
  #process: WorkerProcess | undefined;
  #startedAt = 0;
  #signAt = 0;
  #cpuAt: number | undefined;
  #watch: NodeJS.Timeout | undefined;
  #opened: ((message: FromWorker | undefined) => void) | undefined;
  /** Processes that were killed and may not be gone yet. */
  #dying: Promise<unknown> = Promise.resolve();

  /** @param onChange is called when the slot can take more, or has been lost: then with the jobs that were not begun */
  constructor(
    readonly sandbox: OracleSandbox,
    private readonly settings: SlotSettings,
    private readonly onChange: (returned: readonly Job[]) => void,
  ) {}

  get load(): number {
    return this.#jobs.length;
  }

  /** Starts the process and has it open a runner. @returns why not, when no runner would have it */
  async open(): Promise<string | undefined> {
    this.state = 'starting';
    const recorded = inSandbox(this.settings.recorded, this.settings.recordedRoot, this.sandbox.root);
    const worker = new WorkerProcess(
      recorded,
      this.sandbox.root,
      this.sandbox.tmp,
      (message) => this.#process === worker && this.#hear(message),
    );
    this.#process = worker;
    void worker.gone.then(() => this.#process === worker && this.#lost('crashed'));
    const timer = setTimeout(() => void worker.kill(), OPEN_MS);
    const answer = await new Promise<FromWorker | undefined>((resolve) => {
      this.#opened = resolve;
    });
    clearTimeout(timer);
    if (answer?.type === 'opened' && !this.#isClosed()) {
      this.state = 'ready';
      this.runner = answer.runner;
      return undefined;
    }
    if (!this.#isClosed()) this.state = 'broken';
    await this.#drop();
    if (answer?.type === 'refused') return answer.reason;
    return answer?.type === 'broken' ? `${answer.error.name}: ${answer.error.message}` : 'the worker ended while it started';
  }

  /** A new process in the sandbox, put back as it was; when that fails the slot is given up. */
  async revive(): Promise<void> {
    if (this.#isClosed()) return;
    this.state = 'starting';
    await this.#drop();
    try {
      if (!this.#isClosed()) await this.sandbox.restore();
      if (this.#isClosed() || (await this.open()) === undefined) return;
    } catch {
      // Without its sandbox it can do nothing.
    }
    if (this.#isClosed()) return;
    this.state = 'broken';
    this.isGivenUp = true;
  }

  give(job: Job): void {
    this.#jobs.push(job);
    this.#process?.send(job.message);
    if (this.#jobs.length === 1) this.#begin();
  }

  async close(): Promise<void> {
    this.state = 'closed';
    for (const job of this.#jobs.splice(0)) job.done('crashed');
    await this.#drop();
    await this.sandbox.close();
  }

  #isClosed(): boolean {
    return this.state === 'closed';
  }

  async #drop(): Promise<void> {
    clearTimeout(this.#watch);
    const worker = this.#process;
    this.#process = undefined;
    const opened = this.#opened;
    this.#opened = undefined;
    opened?.(undefined);
    this.#kill(worker);
    await this.#dying;
  }

  #kill(worker: WorkerProcess | undefined): void {
    if (worker) this.#dying = Promise.all([this.#dying, worker.kill()]);
  }

  #hear(message: FromWorker): void {
    switch (message.type) {
      case 'ready': {
        const { settings, sandbox } = this;
        const recorded = inSandbox(settings.recorded, settings.recordedRoot, sandbox.root);
        this.#process?.send({ type: 'open', process: recorded, root: sandbox.root, overlay: settings.overlay, runners: settings.runners });
        return;
      }
      case 'opened':
      case 'refused':
        this.#opened?.(message);
        this.#opened = undefined;
        return;
      case 'progress':
        this.#signAt = performance.now();
        return;
      case 'broken':
        if (this.#opened) this.#opened(message);
        else this.#lost('crashed');
        return;
      case 'answer':
        this.#answered(message);
    }
  }

  #answered(message: WorkerAnswer): void {
    const job = this.#jobs[0];
    if (!job || job.message.id !== message.id) return;
    this.#jobs.shift();
    job.done(message);
    // That tells of the change too: told twice, the slot would be revived twice, and one of the processes known to nobody.
    if (message.answer.retire) {
      this.#lost(undefined);
      return;
    }
    this.#begin();
    if (message.isDirty) void this.#clean();
    this.onChange([]);
  }

  /** The worker waits until its sandbox has been put back. */
  async #clean(): Promise<void> {
    clearTimeout(this.#watch);
    const worker = this.#process;
    try {
      await this.sandbox.restore();
      worker?.send({ type: 'restored' });
      this.#begin();
    } catch {
      if (this.#process === worker) this.#lost(undefined);
    }
  }

  /** The first job is on from now. */
  #begin(): void {
    clearTimeout(this.#watch);
    const job = this.#jobs[0];
    if (!job) return;
    this.#startedAt = this.#signAt = performance.now();
    this.#cpuAt = this.#process?.cpuMs;
    this.#arm(job);
  }

  #arm(job: Job, patience = 1): void {
    const totalMs = job.limits.totalMs * patience;
    const silenceMs = job.limits.silenceMs * patience;
    const left = () => Math.min(this.#startedAt + totalMs, this.#signAt + silenceMs) - performance.now();
    this.#watch = setTimeout(
      () => {
        // The parent may have been busy: what the worker has said by now is read before it is judged.
        setImmediate(() => {
          if (this.#jobs[0] !== job || this.state !== 'ready') return;
          if (left() > 0) this.#arm(job, patience);
          else if (patience === 1 && this.#isStarved()) this.#arm(job, STARVED_TIMES);
          else this.#lost('timeout');
        });
      },
      Math.max(1, left()),
    );
  }

  /** Whether others had the processor for most of the time: then the time says little about the candidate. */
  #isStarved(): boolean {
    const now = this.#process?.cpuMs;
    return now !== undefined && this.#cpuAt !== undefined && now - this.#cpuAt < (performance.now() - this.#startedAt) * 0.3;
  }

  /** The process is gone or must go; the job that was on has ended so, the others go back. */
  #lost(outcome: 'timeout' | 'crashed' | undefined): void {
    if (this.state === 'closed') return;
    if (this.state === 'ready') this.state = 'broken';
    clearTimeout(this.#watch);
    const worker = this.#process;
    this.#process = undefined;
    this.#kill(worker);
    const opened = this.#opened;
    this.#opened = undefined;
    opened?.(undefined);
    const [first, ...rest] = this.#jobs.splice(0);
    if (first && outcome) first.done(outcome);
    this.onChange(first && !outcome ? [first, ...rest] : rest);
  }
}
