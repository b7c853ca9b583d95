/** Observes every request of `node:http` through its diagnostics channels: nothing is consumed and nothing is delayed. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { guessRoute } from '../naming/route.js';
import { BodyBuffer } from './body-buffer.js';
import type { Exchange } from './exchange.js';
import { guarded } from './guard.js';
import { routeOf } from './route-of.js';

const REPLAY_HEADER = 'selfheal-replay';
const exchanges = new WeakMap<object, Exchange>();
const current = new AsyncLocalStorage<Exchange>();

/** The exchange of a request: Node's own object, or a framework's that holds it as `raw` (Fastify). */
export function exchangeOf(request: unknown): Exchange | undefined {
  if (typeof request !== 'object' || request === null) return undefined;
  const raw = 'raw' in request && typeof request.raw === 'object' && request.raw !== null ? request.raw : request;
  return exchanges.get(raw);
}

/** The exchange in whose handling the code runs that asks, across awaits, timers and events. */
export const currentExchange = (): Exchange | undefined => current.getStore();

/** Remembers what was thrown while a request was handled. It is reported if the response turns out to be a 5xx. */
export function noteError(request: unknown, thrown: unknown): void {
  const exchange = exchangeOf(request);
  if (exchange) exchange.thrown = thrown;
}

/** Calls `finished` with every exchange whose response was handed to the operating system, and its route. */
export function observeHttp(finished: (exchange: Exchange, route: string) => void): void {
  subscribe('http.server.request.start', (message) => guarded(() => begin(message as Observed)));
  subscribe('http.server.response.finish', (message) => {
    guarded(() => {
      const { request, response } = message as Observed;
      const exchange = exchanges.get(request);
      if (!exchange) return;
      end(exchange, request, response);
      finished(exchange, exchange.route ?? guessRoute(exchange.method, exchange.url));
    });
  });
}

interface Observed {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

function begin({ request, response }: Observed): void {
  const exchange: Exchange = {
    method: request.method ?? 'GET',
    url: request.url ?? '/',
    headers: request.headers,
    requestBody: new BodyBuffer(),
    responseBody: new BodyBuffer(),
    startedAt: performance.now(),
    replay: request.headers[REPLAY_HEADER] !== undefined,
  };
  exchanges.set(request, exchange);
  current.enterWith(exchange);
  tap(request, 'push', exchange.requestBody);
  tap(response, 'write', exchange.responseBody);
  tap(response, 'end', exchange.responseBody);
}

function end(exchange: Exchange, request: IncomingMessage, response: ServerResponse): void {
  exchange.durationMs = Math.max(0, performance.now() - exchange.startedAt);
  exchange.status = response.statusCode;
  const encoded = response.getHeader('content-encoding');
  exchange.responseType = encoded ? 'application/octet-stream' : String(response.getHeader('content-type') ?? '') || undefined;
  const route = exchange.route ?? routeOf(request, exchange.method);
  if (route !== undefined) exchange.route = route;
}

/** Copies what passes through a method of a stream, on this one object, and lets it pass as it is. */
function tap<M extends string>(stream: { [K in M]: (...args: never[]) => unknown }, method: M, body: BodyBuffer): void {
  const original: (...args: never[]) => unknown = stream[method];
  const tapped = function (this: unknown, ...args: never[]): unknown {
    guarded(() => body.add(args[0], args[1]));
    return Reflect.apply(original, this, args);
  };
  Object.defineProperty(stream, method, { value: tapped, writable: true, configurable: true, enumerable: false });
}
