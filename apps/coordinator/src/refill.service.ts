import { setTimeout as sleep } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Broker } from '@selfheal/messaging';
import { HealRepository } from '@selfheal/persistence';
import { Events } from 'nats';
import { HealStream } from './heal-stream.js';
import { refill } from './refill.js';

/** A broker that is just back may still be reading its streams: it is asked again after this long, in milliseconds. */
const AGAIN_MS = 500;

/** Refills the broker from Postgres at start and whenever the connection to it comes back. */
@Injectable()
export class RefillService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #logger = new Logger(RefillService.name);
  readonly #stop = new AbortController();
  #running: Promise<void> | undefined;
  #wanted = false;

  constructor(
    @Inject(Broker) private readonly broker: Broker,
    @Inject(HealRepository) private readonly heals: HealRepository,
    @Inject(HealStream) private readonly stream: HealStream,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    void this.#watch();
    await this.request();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  /** Resolves when everything that was missing is back. Calls made meanwhile lead to one more round. */
  request(): Promise<void> {
    this.#wanted = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #run(): Promise<void> {
    while (this.#wanted && !this.#stop.signal.aborted) {
      this.#wanted = false;
      try {
        const restored = await refill(this.heals, this.stream);
        if (restored > 0) this.#logger.warn(`the broker came back with less than it had: ${restored} event(s) of open heals restored`);
      } catch (error) {
        this.#wanted = true;
        this.#logger.warn(`the broker cannot be refilled yet: ${error instanceof Error ? error.message : error}`);
        await sleep(AGAIN_MS, undefined, { signal: this.#stop.signal }).catch(() => undefined);
      }
    }
  }

  async #watch(): Promise<void> {
    for await (const { type } of this.broker.connection.status()) {
      if (this.#stop.signal.aborted) return;
      if (type === Events.Reconnect) void this.request();
    }
  }
}
