import { createParser, type EventSourceMessage } from 'eventsource-parser';

/** A reader of an event stream that hands out one message at a time and can be cut at any point. */
export class SseClient {
  readonly #abort = new AbortController();
  readonly #queue: EventSourceMessage[] = [];
  #wake: () => void = () => undefined;
  #ended = false;

  private constructor(readonly response: Response) {
    void this.#read().finally(() => {
      this.#ended = true;
      this.#wake();
    });
  }

  /** Resolves when the gateway has answered, with whatever status. */
  static async open(url: string, lastEventId?: string | number): Promise<SseClient> {
    const abort = new AbortController();
    const headers = lastEventId === undefined ? {} : { 'last-event-id': String(lastEventId) };
    const client = new SseClient(await fetch(url, { headers, signal: abort.signal }));
    client.#abort.signal.addEventListener('abort', () => abort.abort());
    return client;
  }

  /** The next message; undefined when the stream has ended or was cut. */
  async next(): Promise<EventSourceMessage | undefined> {
    for (;;) {
      const message = this.#queue.shift();
      if (message) return message;
      if (this.#ended) return undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** The next `count` messages. @throws Error when the stream ends before */
  async take(count: number): Promise<EventSourceMessage[]> {
    const taken: EventSourceMessage[] = [];
    while (taken.length < count) {
      const message = await this.next();
      if (!message) throw new Error(`the stream ended after ${taken.length} of ${count} messages`);
      taken.push(message);
    }
    return taken;
  }

  cut(): void {
    this.#abort.abort();
  }

  async #read(): Promise<void> {
    const parser = createParser({
      onEvent: (message) => {
        this.#queue.push(message);
        this.#wake();
      },
    });
    try {
      for await (const chunk of this.response.body?.pipeThrough(new TextDecoderStream()) ?? []) parser.feed(chunk);
    } catch {
      // Cut, by us or by the gateway's end.
    }
  }
}
