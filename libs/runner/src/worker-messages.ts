/** What the primary and the preload in a worker tell each other over IPC. */

/** To the worker: stop listening, finish what is in flight, close idle connections after `idle_ms`. */
export interface DrainMessage {
  readonly type: 'selfheal:drain';
  readonly idle_ms: number;
}

/** From the worker: it takes no new connection from now on; its last connection has ended. */
export type WorkerMessage = { readonly type: 'selfheal:draining' | 'selfheal:drained' };

export const isWorkerMessage = (message: unknown, type: WorkerMessage['type']): message is WorkerMessage =>
  typeof message === 'object' && message !== null && 'type' in message && message.type === type;
