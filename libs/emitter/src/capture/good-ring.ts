import type { Exchange } from './exchange.js';

const LIMIT = 20;

/** The last good exchange of each route, at most 20 routes, the latest last. */
export class GoodRing {
  readonly #byRoute = new Map<string, Exchange>();

  add(route: string, exchange: Exchange): void {
    this.#byRoute.delete(route);
    this.#byRoute.set(route, exchange);
    const [oldest] = this.#byRoute.keys();
    if (this.#byRoute.size > LIMIT && oldest !== undefined) this.#byRoute.delete(oldest);
  }

  all(): Exchange[] {
    return [...this.#byRoute.values()];
  }
}
