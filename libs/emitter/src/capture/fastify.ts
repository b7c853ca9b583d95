/** Learns routes and errors from every Fastify instance, through the diagnostics channels that Fastify publishes on. */
import { subscribe } from 'node:diagnostics_channel';
import { guarded } from './guard.js';
import { exchangeOf, noteError } from './http.js';

type ErrorHandler = (this: unknown, error: unknown, request: unknown, reply: unknown) => unknown;

/** The part of a Fastify instance that is used here. */
interface Instance {
  addHook(name: 'onError', hook: (request: unknown, reply: unknown, error: unknown, done: () => void) => void): unknown;
  setErrorHandler(this: unknown, handler: ErrorHandler): unknown;
}

export function observeFastify(): void {
  subscribe('fastify.initialization', (message) => guarded(() => install((message as { fastify: Instance }).fastify)));
  // Not an onRequest hook: its frames would take the place of the service's own in stacks, of which Node keeps ten.
  subscribe('tracing:fastify.request.handler:start', (message) => guarded(() => noteRoute((message as { request: unknown }).request)));
}

function install(instance: Instance): void {
  // Runs for handlers, hooks, body parsers and serializers, but not when an error handler of the service answers.
  instance.addHook('onError', (request, _reply, error, done) => {
    guarded(() => note(request, error));
    done();
  });
  const { setErrorHandler } = instance;
  instance.setErrorHandler = function (handler) {
    if (typeof handler !== 'function') return setErrorHandler.call(this, handler);
    return setErrorHandler.call(this, function (error, request, reply) {
      guarded(() => note(request, error));
      return handler.call(this, error, request, reply);
    });
  };
}

function note(request: unknown, error: unknown): void {
  noteRoute(request);
  noteError(request, error);
}

function noteRoute(request: unknown): void {
  const exchange = exchangeOf(request);
  const { routeOptions } = request as { routeOptions?: { url?: unknown } };
  if (exchange && typeof routeOptions?.url === 'string') exchange.route = `${exchange.method} ${routeOptions.url}`;
}
