/** One emitter a process: what is captured goes in, events go out. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Exchange } from './capture/exchange.js';
import { observeFastify } from './capture/fastify.js';
import { GoodRing } from './capture/good-ring.js';
import { guarded } from './capture/guard.js';
import { currentExchange, exchangeOf, observeHttp } from './capture/http.js';
import { judge } from './capture/judge.js';
import { observeProcess } from './capture/process.js';
import type { EmitterConfig } from './emitter.config.js';
import { failureType } from './naming/failure-type.js';
import { guessRoute } from './naming/route.js';
import { type Failure, failureEventOf } from './payload/event.js';
import { startTransport, type Transport } from './transport/transport.js';

/** What the caller knows about a handled error. */
export interface CaptureContext {
  /** The request in whose handling it happened: Node's, or Express', Nest's or Fastify's. Default: the current one. */
  readonly request?: unknown;
  /** `METHOD /route/:pattern`. */
  readonly route?: string;
  /** `FAILURE` or `*_FAILURE`. Default: by the route, else `FAILURE`. */
  readonly type?: string;
}

const FLUSH_MS = 1000;

export class Emitter {
  readonly #config: EmitterConfig;
  readonly #transport: Transport;
  readonly #good = new GoodRing();

  constructor(config: EmitterConfig, transport: Transport = startTransport(config)) {
    this.#config = config;
    this.#transport = transport;
  }

  /** Starts to observe the process. To be called once. */
  observe(): void {
    observeHttp((exchange, route) => this.#finished(exchange, route));
    observeFastify();
    observeProcess((type, thrown) => {
      const exchange = currentExchange();
      if (exchange?.replay) return;
      if (exchange) exchange.reported = true;
      this.#emit({ type, thrown, exchange });
    });
    // Also after an uncaught exception: wait for the thread, but never for long.
    process.on('exit', () => guarded(() => this.#transport.flush(FLUSH_MS)));
  }

  /** Reports an error that the service handled. Never throws. */
  capture(thrown: unknown, context: CaptureContext): void {
    guarded(() => {
      const exchange = exchangeOf(context.request) ?? currentExchange();
      if (exchange?.replay || exchange?.reported) return;
      if (exchange) exchange.reported = true;
      const route = context.route ?? exchange?.route ?? (exchange && guessRoute(exchange.method, exchange.url));
      const type = context.type ?? (route === undefined ? 'FAILURE' : failureType(route, 'API'));
      this.#emit({ type, thrown, exchange, route });
    });
  }

  #finished(exchange: Exchange, route: string): void {
    const judgement = judge(exchange, route, this.#config.objectiveMs);
    if (judgement.verdict === 'good') this.#good.add(route, exchange);
    if (judgement.verdict === 'failed') this.#emit(judgement.failure);
  }

  #emit(failure: Omit<Failure, 'good'>): void {
    const stamp = { key: randomUUID(), traceId: randomBytes(16).toString('hex'), at: new Date().toISOString() };
    this.#transport.send(failureEventOf({ ...failure, good: this.#good.all() }, this.#config, stamp));
  }
}
