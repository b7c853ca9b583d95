import { Events, type NatsConnection } from 'nats';

/**
 * Whether the connection is up. What is sent while it is down would be lost without a word until the request times out, so
 * whoever asks something of the broker waits here first.
 */
export class Online {
  #up = true;
  #waiting: (() => void)[] = [];

  constructor(connection: NatsConnection) {
    void this.#follow(connection);
  }

  get now(): boolean {
    return this.#up;
  }

  /** Resolves when the connection is up, or closed for good: then the request itself says so. */
  wait(): Promise<void> {
    return this.#up ? Promise.resolve() : new Promise((done) => this.#waiting.push(done));
  }

  async #follow(connection: NatsConnection): Promise<void> {
    for await (const { type } of connection.status()) {
      if (type === Events.Disconnect) this.#up = false;
      if (type === Events.Reconnect) this.#release();
    }
    this.#release();
  }

  #release(): void {
    this.#up = true;
    for (const done of this.#waiting.splice(0)) done();
  }
}
