import { singular } from './singular.js';

/** A segment that holds a parameter (`:id`, `{id}`, `*`) or says nothing about the resource (`api`, `v1`). */
const EMPTY = /^(?:|:.*|\{.*\}|\*.*|\(.*\)|api|v\d+)$/i;

/**
 * The type of an HTTP failure: `<RESOURCE>_<KIND>_FAILURE`, where RESOURCE is the last static segment of the route,
 * singular, in upper snake case. `GET /api/returns/:id` → `RETURN_API_FAILURE`; a route without any static segment is
 * `ROOT`. Always matches contracts' `FAILURE_TYPE` and its length.
 * @param route `METHOD /route/:pattern`
 */
export function failureType(route: string, kind: 'API' | 'LATENCY'): string {
  const path = route.slice(route.indexOf(' ') + 1);
  const resource = path.split('/').findLast((segment) => !EMPTY.test(segment)) ?? 'root';
  return `${upperSnake(resource)}_${kind}_FAILURE`;
}

/** `order-lines` → `ORDER_LINE`. Words that begin with a digit join the word before: an event type's words never do. */
function upperSnake(segment: string): string {
  const words = segment
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const last = words.pop();
  if (last === undefined) return 'ROOT';
  const snake = [...words, singular(last)].join('_').replace(/_(?=\d)/g, '');
  return (/^[a-z]/.test(snake) ? snake : `R${snake}`).toUpperCase().slice(0, 96).replace(/_$/, '');
}
