/** A path segment that names one thing rather than a kind of thing: a number, a UUID, or letters mixed with digits. */
const ID = /^(?:\d+|[0-9a-f]{8}-[0-9a-f-]{27}|(?=[^\d]*\d)[A-Za-z0-9_.~-]{3,}|[0-9a-f]{16,})$/i;
const VERSION = /^v\d+$/i;

/** The path of a request target: without its query. */
export const pathOf = (url: string): string => url.split(/[?#]/, 1)[0] || '/';

/**
 * `METHOD /route/:pattern` of a request whose framework did not tell its route: segments that look like ids become
 * `:id`, so that requests for two things of a kind are one route.
 */
export function guessRoute(method: string, url: string): string {
  const segments = pathOf(url)
    .split('/')
    .map((segment) => (ID.test(segment) && !VERSION.test(segment) ? ':id' : segment));
  return `${method} ${segments.join('/')}`.slice(0, 512);
}
