import { noteError } from '../capture/http.js';

/** The part of Nest's `ArgumentsHost` that is used here. */
interface Host {
  getType(): string;
  switchToHttp(): { getRequest(): unknown };
}

/** Nest's `ExceptionFilter`. */
interface ExceptionFilter<H> {
  catch(exception: unknown, host: H): unknown;
}

/**
 * A catch-all exception filter that tells the emitter what was thrown and leaves the answer to `inner`:
 * `app.useGlobalFilters(nestExceptionFilter(new BaseExceptionFilter(app.getHttpAdapter())))`. A factory over Nest's own
 * filter, so that this package does not import Nest. The failure is reported if the response turns out to be a 5xx.
 */
export function nestExceptionFilter<H extends Host>(inner: ExceptionFilter<H>): ExceptionFilter<H> {
  return {
    catch(exception, host) {
      if (host.getType() === 'http') noteError(host.switchToHttp().getRequest(), exception);
      return inner.catch(exception, host);
    },
  };
}
