import { noteError } from '../capture/http.js';

/** Express' signature for an error handler: it is told apart by its four parameters. */
export type ExpressErrorHandler = (error: unknown, request: unknown, response: unknown, next: (error: unknown) => void) => void;

/**
 * Tells the emitter what was thrown and passes the error on. Add it after the routes and before the service's own error
 * handler. The failure is reported if the response turns out to be a 5xx.
 */
export function expressErrorHandler(): ExpressErrorHandler {
  return (error, request, _response, next) => {
    noteError(request, error);
    next(error);
  };
}
