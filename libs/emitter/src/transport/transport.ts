/**
 * Hands events to a thread that publishes them. A thread of its own, because a broker's socket and timers would keep the
 * host alive and its work would take the host's time; and because a process that dies of an uncaught exception runs no
 * more of its own event loop, while the thread can still finish.
 */
import { Worker } from 'node:worker_threads';
import type { FailureEvent } from '@selfheal/contracts';
import { warnOnce } from '../capture/guard.js';
import type { EmitterConfig } from '../emitter.config.js';
import { MAX_PENDING, type PublisherData, type PublisherMessage } from './messages.js';

export interface Transport {
  /** Takes an event over, or drops it when 1,000 are waiting. Never blocks, never throws. */
  send(event: FailureEvent): void;
  /** Blocks until every event was accepted by the broker or dropped, at most `ms` milliseconds. */
  flush(ms: number): void;
}

export function startTransport(config: EmitterConfig): Transport {
  const settled = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const { servers, user, pass, service } = config;
  const workerData: PublisherData = { servers, user, pass, service, settled };
  // No flags of the host: a preload of its own would start another emitter in there, and so on.
  const options = { workerData, execArgv: [], env: {}, name: 'selfheal-emitter', resourceLimits: { maxOldGenerationSizeMb: 64 } };
  const worker = new Worker(new URL('./publisher-main.js', import.meta.url), options);
  let alive = true;
  let sent = 0;
  worker.on('message', (message: PublisherMessage) => warnOnce(message.warning));
  worker.on('error', (error) => {
    alive = false;
    warnOnce(error);
  });
  worker.on('exit', () => {
    alive = false;
  });
  // Last, as a listener for messages holds the process again.
  worker.unref();
  const pending = (): number => (sent - Atomics.load(settled, 0)) | 0;
  return {
    send(event) {
      if (!alive) return;
      if (pending() >= MAX_PENDING) return warnOnce(`${MAX_PENDING} failures wait for the broker; more are dropped`);
      sent = (sent + 1) | 0;
      worker.postMessage(event);
    },
    flush(ms) {
      const deadline = performance.now() + ms;
      while (alive && pending() > 0) {
        const left = deadline - performance.now();
        if (left <= 0) return;
        Atomics.wait(settled, 0, Atomics.load(settled, 0), left);
      }
    },
  };
}
