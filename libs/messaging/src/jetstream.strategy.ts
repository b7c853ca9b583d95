import { type CustomTransportStrategy, Server } from '@nestjs/microservices';
import { Events } from 'nats';
import { lastValueFrom } from 'rxjs';
import type { Broker } from './broker.js';
import { MessageLoop } from './consume.js';
import { planConsumers } from './consumers.js';
import type { Handler } from './handle-message.js';
import type { Outcome } from './outcome.js';

/**
 * NestJS over JetStream. A `@Hears('RCA_READY')` handler gets the parsed event and a {@link HealContext} and
 * returns the events to say; they are published, exactly once, and only then is the message acked.
 */
export class JetStreamStrategy extends Server implements CustomTransportStrategy {
  /** A handler's error decides between retry and dead letter, so it must reach us. */
  override readonly propagatesEventHandlerErrors = true;
  readonly #loops: MessageLoop[] = [];
  readonly #abort = new AbortController();

  constructor(private readonly broker: Broker) {
    super();
  }

  listen(callback: (error?: unknown) => void): void {
    this.#start().then(() => callback(), callback);
  }

  async close(): Promise<void> {
    this.#abort.abort();
    await Promise.all(this.#loops.map((loop) => loop.stop()));
  }

  on(): never {
    throw new Error('JetStreamStrategy has no events of its own: listen to Broker.connection.status()');
  }

  unwrap<T>(): T {
    return this.broker.connection as T;
  }

  async #start(): Promise<void> {
    for (const plan of planConsumers(this.broker.service, [...this.messageHandlers.keys()])) {
      const handler: Handler = (event, ctx) => this.#call(plan.pattern, event, ctx);
      this.#loops.push(new MessageLoop(this.broker, plan, handler, this.logger, this.#abort.signal));
    }
    await Promise.all(this.#loops.map((loop) => loop.start()));
    void this.#restoreOnReconnect();
  }

  /** A broker that comes back without its disk gets streams and consumers again; the loops go on by themselves. */
  async #restoreOnReconnect(): Promise<void> {
    for await (const { type } of this.broker.connection.status()) {
      if (type !== Events.Reconnect) continue;
      try {
        await this.broker.restore();
        await Promise.all(this.#loops.map((loop) => loop.restore()));
      } catch (error) {
        this.logger.warn(`streams and consumers could not be checked after a reconnect: ${error}`);
      }
    }
  }

  async #call(pattern: string, ...args: Parameters<Handler>): Promise<readonly Outcome[]> {
    const handler = this.messageHandlers.get(pattern);
    if (!handler) throw new Error(`no handler for ${pattern}`);
    const result: unknown = await lastValueFrom(this.transformToObservable(handler(...args)), { defaultValue: [] });
    return Array.isArray(result) ? result : [];
  }
}
