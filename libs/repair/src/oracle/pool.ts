import type { WorkerAnswer } from './protocol.js';
import type { OracleSandbox } from './sandbox.js';
import { type Job, type SlotSettings, WorkerSlot } from './worker-slot.js';

export interface PoolSettings extends SlotSettings {
  readonly makeSandbox: () => Promise<OracleSandbox>;
  /** Workers side by side; one more is kept warm to take the place of one that was lost. */
  readonly workers: number;
}

/**
 * Warm workers and the queue before them. The first slot is opened by the caller, who learns from it whether a runner
 * takes the process at all; the others start in the background.
 */
export class Pool {
  /** Jobs that a worker may have in its own queue. */
  depth = 1;
  readonly #slots: WorkerSlot[] = [];
  readonly #queue: Job[] = [];
  #isClosed = false;
  #growing: Promise<unknown> = Promise.resolve();
  #nextId = 1;

  constructor(private readonly settings: PoolSettings) {}

  /** @returns the runner's name @throws Error that says why no runner takes the process */
  async start(): Promise<string> {
    const slot = await this.#addSlot();
    const refusal = await slot.open();
    if (refusal !== undefined) throw new Error(refusal);
    return slot.runner;
  }

  /** The sandbox of the first worker. */
  get firstRoot(): string {
    return this.#slots[0]?.sandbox.root ?? '';
  }

  /** Brings the pool to its full size, in the background. */
  grow(): void {
    this.#growing = (async () => {
      while (!this.#isClosed && this.#slots.length <= this.settings.workers) {
        const slot = await this.#addSlot();
        if ((await slot.open()) !== undefined) {
          slot.isGivenUp = true;
          return;
        }
        this.#dispatch();
      }
    })().catch(() => undefined);
  }

  /** Runs a job on the next free worker. Never rejects. `crashed` too when no worker can be had any more. */
  run(
    request: Omit<Job['message'], 'type' | 'id'>,
    limits: Job['limits'],
    signal?: AbortSignal,
  ): Promise<WorkerAnswer | 'timeout' | 'crashed'> {
    return new Promise((resolve) => {
      if (this.#isClosed || signal?.aborted) return resolve('crashed');
      const withdraw = () => {
        const at = this.#queue.indexOf(job);
        if (at >= 0) this.#queue.splice(at, 1);
        job.done('crashed');
      };
      const job: Job = {
        message: { type: 'run', id: this.#nextId++, ...request },
        limits,
        done: (result) => {
          signal?.removeEventListener('abort', withdraw);
          resolve(result);
        },
      };
      signal?.addEventListener('abort', withdraw, { once: true });
      this.#queue.push(job);
      this.#dispatch();
    });
  }

  /** Kills every worker and deletes the sandboxes. Safe to call twice. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const job of this.#queue.splice(0)) job.done('crashed');
    await Promise.all(this.#slots.map((slot) => slot.close()));
    await this.#growing;
    await Promise.all(this.#slots.map((slot) => slot.close()));
  }

  async #addSlot(): Promise<WorkerSlot> {
    const sandbox = await this.settings.makeSandbox();
    if (this.#isClosed) {
      await sandbox.close();
      throw new Error('the pool is closed');
    }
    const slot: WorkerSlot = new WorkerSlot(sandbox, this.settings, (returned) => {
      this.#queue.unshift(...returned);
      if (slot.state === 'broken') void slot.revive().then(() => this.#dispatch());
      this.#dispatch();
    });
    this.#slots.push(slot);
    return slot;
  }

  /** The spare works too when it is there: no more than `workers` are busy at once. */
  #dispatch(): void {
    if (this.#isClosed) return;
    while (this.#queue.length > 0) {
      const ready = this.#slots.filter((slot) => slot.state === 'ready');
      const busy = ready.filter((slot) => slot.load > 0);
      const open = busy.length < this.settings.workers ? ready : busy;
      const slot = open.filter(({ load }) => load < this.depth).sort((a, b) => a.load - b.load)[0];
      if (!slot) break;
      slot.give(this.#queue.shift() as Job);
    }
    const isHopeless = this.#queue.length > 0 && this.#slots.length > 0 && this.#slots.every((slot) => slot.isGivenUp);
    if (isHopeless) for (const job of this.#queue.splice(0)) job.done('crashed');
  }
}
