import { isRecord } from '../payload/text.js';

/** The route that Express (and Nest on it) left on a request that it matched: `baseUrl` and `route.path`. */
export function routeOf(request: object, method: string): string | undefined {
  const { route, baseUrl } = request as { route?: unknown; baseUrl?: unknown };
  if (!isRecord(route) || typeof route.path !== 'string') return undefined;
  return `${method} ${typeof baseUrl === 'string' ? baseUrl : ''}${route.path}`;
}
