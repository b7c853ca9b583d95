import { setTimeout as after } from 'node:timers/promises';
import { CRASH_LOOP, crashesInARow, restartDelay } from './backoff.js';
import type { ReloadResult, RunnerStatus } from './control-api.js';
import type { RunnerConfig } from './runner.config.js';
import { ServerWorker } from './worker.js';

/** The runner is shutting down and starts nothing any more. */
export class RunnerStopping extends Error {
  override readonly name = 'RunnerStopping';
}

/** Keeps one worker live: starts it, replaces it on reload, restarts it when it crashes. */
export class Supervisor {
  private live: ServerWorker | undefined;
  private readonly leaving = new Set<ServerWorker>();
  private readonly stopped = new AbortController();
  private waiting = new AbortController();
  private turn: Promise<unknown> = Promise.resolve();
  private generation = 0;
  private restarts = 0;
  private crashes = 0;
  private port: number | null = null;
  private lastError: string | null = null;
  private readonly limits: Pick<RunnerConfig, 'drainMs' | 'stopMs' | 'listenMs'>;
  private readonly onLive: (port: number) => void;

  /** `onLive` is called with the server's port whenever a worker goes live. */
  constructor(limits: Pick<RunnerConfig, 'drainMs' | 'stopMs' | 'listenMs'>, onLive: (port: number) => void) {
    this.limits = limits;
    this.onLive = onLive;
  }

  status(): RunnerStatus {
    const { generation, restarts, port } = this;
    return { generation, pid: this.live?.pid ?? null, port, state: this.state(), restarts, last_error: this.lastError };
  }

  /** Starts the first worker, again and again with growing pauses until one listens or a reload succeeds. */
  start(): void {
    void this.replace().catch(() => this.restart(0));
  }

  /**
   * Puts a new worker in the place of the live one. Calls queue up, so each one runs the code as it is at its turn.
   * When the new worker does not listen the live one is not touched.
   * @throws {WorkerDidNotListen} @throws {RunnerStopping}
   */
  async reload(): Promise<ReloadResult> {
    const result = await this.replace();
    this.crashes = 0;
    return result;
  }

  /** Finishes what is in flight and ends every worker. */
  async stop(): Promise<void> {
    this.stopped.abort();
    await this.turn.catch(() => {});
    const all = [...this.leaving, ...(this.live ? [this.live] : [])];
    await Promise.all(
      all.map(async (worker) => {
        await worker.retire(0, this.limits.stopMs);
        await worker.ended;
      }),
    );
  }

  private replace(): Promise<ReloadResult> {
    const mine = this.turn.then(
      () => this.replaceNow(),
      () => this.replaceNow(),
    );
    this.turn = mine;
    return mine;
  }

  private async replaceNow(): Promise<ReloadResult> {
    if (this.stopped.signal.aborted) throw new RunnerStopping('the runner is stopping');
    const next = ServerWorker.fork();
    try {
      this.port = await next.listening(this.limits.listenMs, this.stopped.signal);
    } catch (error) {
      this.lastError = error instanceof Error ? error.message : String(error);
      throw error;
    }
    const readyMs = performance.now() - next.startedAt;
    const previous = this.live;
    this.live = next;
    this.generation += 1;
    void next.ended.then((how) => this.onEnded(next, how));
    if (previous) await this.retire(previous);
    this.onLive(this.port);
    return { generation: this.generation, pid: next.pid, ready_ms: Math.round(readyMs * 10) / 10 };
  }

  private async retire(worker: ServerWorker): Promise<void> {
    this.leaving.add(worker);
    void worker.ended.then(() => this.leaving.delete(worker));
    await worker.retire(this.limits.drainMs, this.limits.stopMs);
  }

  private onEnded(worker: ServerWorker, how: string): void {
    if (this.live !== worker || this.stopped.signal.aborted) return;
    this.live = undefined;
    this.lastError = `the server ${how}${worker.lastWords ? `:\n${worker.lastWords}` : ''}`;
    this.restart(performance.now() - worker.startedAt);
  }

  private restart(livedMs: number): void {
    this.crashes = crashesInARow(this.crashes, livedMs);
    this.waiting.abort();
    this.waiting = new AbortController();
    void this.restartAfter(restartDelay(this.crashes), AbortSignal.any([this.waiting.signal, this.stopped.signal]));
  }

  private async restartAfter(delayMs: number, signal: AbortSignal): Promise<void> {
    try {
      await after(delayMs, undefined, { signal });
      await this.turn.catch(() => {});
      if (this.live) return;
      this.restarts += 1;
      await this.replace();
    } catch {
      if (!signal.aborted && !this.live) this.restart(0);
    }
  }

  private state(): RunnerStatus['state'] {
    if (this.stopped.signal.aborted) return 'stopping';
    if (this.live) return 'running';
    if (this.crashes >= CRASH_LOOP) return 'crash-loop';
    return this.crashes > 0 ? 'restarting' : 'starting';
  }
}
