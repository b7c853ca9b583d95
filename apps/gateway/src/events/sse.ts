import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

const KEEP_ALIVE_MS = 15_000;

export interface SseMessage {
  readonly event: string;
  readonly data: string;
  readonly id?: number;
}

/** One message of an event stream (HTML standard, section 9.2.6). `data` is JSON, so it has no line breaks of its own. */
export function formatSse({ event, data, id }: SseMessage): string {
  const lines = data.split(/\r\n|\r|\n/).map((line) => `data: ${line}`);
  return [...(id === undefined ? [] : [`id: ${id}`]), `event: ${event}`, ...lines, '', ''].join('\n');
}

/** An open event stream. A slow reader is waited for: nothing piles up in memory. */
export class SseStream {
  readonly #abort = new AbortController();
  readonly #beat: NodeJS.Timeout;

  constructor(
    private readonly response: ServerResponse,
    headers: Record<string, string>,
  ) {
    response.writeHead(200, {
      ...headers,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    response.write('retry: 1000\n\n');
    this.#beat = setInterval(() => response.write(': still here\n\n'), KEEP_ALIVE_MS);
    response.once('close', () => this.#close());
  }

  /** Aborts when the client is gone. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  async send(message: SseMessage): Promise<void> {
    if (this.signal.aborted || this.response.write(formatSse(message))) return;
    await once(this.response, 'drain', { signal: this.signal }).catch(() => undefined);
  }

  /** Says it unless the reader is behind: for what may be lost. */
  offer(message: SseMessage): void {
    if (!this.signal.aborted && !this.response.writableNeedDrain) this.response.write(formatSse(message));
  }

  end(): void {
    this.#close();
    this.response.end();
  }

  #close(): void {
    clearInterval(this.#beat);
    this.#abort.abort();
  }
}
