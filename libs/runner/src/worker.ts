import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { setTimeout as after } from 'node:timers/promises';
import { type DrainMessage, isWorkerMessage, type WorkerMessage } from './worker-messages.js';

const STDERR_TAIL = 4000;

/** New code that did not come up: it exited or never listened. `message` ends with the last lines of its stderr. */
export class WorkerDidNotListen extends Error {
  override readonly name = 'WorkerDidNotListen';
}

/** One run of the server's command in a cluster worker. */
export class ServerWorker {
  readonly startedAt = performance.now();
  /** Resolves when the process has ended, with a description of how. Never rejects. */
  readonly ended: Promise<string>;
  private stderr = '';
  private readonly process: Worker;

  private constructor(worker: Worker) {
    this.process = worker;
    worker.process.stderr?.on('data', (chunk: Buffer) => {
      process.stderr.write(chunk);
      this.stderr = (this.stderr + chunk.toString('utf8')).slice(-STDERR_TAIL);
    });
    this.ended = this.end();
  }

  /** Forks a worker as `cluster.setupPrimary` says. */
  static fork(): ServerWorker {
    return new ServerWorker(cluster.fork());
  }

  get pid(): number {
    return this.process.process.pid ?? 0;
  }

  /** The last lines of stderr, at most 4000 characters. */
  get lastWords(): string {
    return this.stderr.trim();
  }

  /** Waits until the worker listens; gives the port. Kills it when it does not. @throws {WorkerDidNotListen} */
  async listening(limitMs: number, signal: AbortSignal): Promise<number> {
    const settled = new AbortController();
    const limit = AbortSignal.any([settled.signal, signal]);
    try {
      return await Promise.race([
        once(this.process, 'listening', { signal: limit }).then(([address]) => (address as { port: number }).port),
        this.ended.then((how) => Promise.reject(this.failure(`the server ${how} before it listened`))),
        after(limitMs, undefined, { signal: limit }).then(() =>
          Promise.reject(this.failure(`the server did not listen within ${limitMs} ms`)),
        ),
      ]);
    } catch (error) {
      this.kill();
      throw signal.aborted ? this.failure('the runner is stopping') : error;
    } finally {
      settled.abort();
    }
  }

  /**
   * Tells the worker to leave: no new connections, `Connection: close` on each next response, idle connections closed
   * after `idleMs`, and all that is left `stopMs` later. Resolves when it takes no new connection any more, which is
   * long before it has ended.
   */
  async retire(idleMs: number, stopMs: number): Promise<void> {
    const draining = this.said('selfheal:draining');
    const drained = this.said('selfheal:drained');
    this.process.send({ type: 'selfheal:drain', idle_ms: idleMs } satisfies DrainMessage, () => {});
    const given = idleMs + stopMs;
    const leaves = async () => {
      await this.within(given, drained);
      this.process.process.kill('SIGTERM');
      await this.within(stopMs, this.ended);
      this.kill();
    };
    void leaves();
    await this.within(given, draining);
  }

  kill(): void {
    this.process.process.kill('SIGKILL');
  }

  /** Resolves when the worker says so or has ended. */
  private said(type: WorkerMessage['type']): Promise<unknown> {
    const heard = new Promise<void>((resolve) => {
      this.process.on('message', (message: unknown) => {
        if (isWorkerMessage(message, type)) resolve();
      });
    });
    return Promise.race([heard, this.ended]);
  }

  private async within(limitMs: number, event: Promise<unknown>): Promise<void> {
    const timer = new AbortController();
    await Promise.race([event, after(limitMs, undefined, { signal: timer.signal }).catch(() => {})]);
    timer.abort();
  }

  private async end(): Promise<string> {
    const how = await new Promise<string>((resolve) => {
      this.process.once('exit', (code: number | null, signal: string | null) =>
        resolve(signal ? `was killed by ${signal}` : `exited with code ${code}`),
      );
      this.process.on('error', (error) => {
        if (!this.process.process.pid) resolve(`could not be started (${error.message})`);
      });
    });
    const stderr = this.process.process.stderr;
    if (stderr && !stderr.closed) await this.within(200, once(stderr, 'close'));
    return how;
  }

  private failure(what: string): WorkerDidNotListen {
    return new WorkerDidNotListen(this.lastWords ? `${what}:\n${this.lastWords}` : what);
  }
}
