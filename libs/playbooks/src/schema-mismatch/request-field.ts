import { nearestNames, propertiesOf } from '@selfheal/engine';
import { parsed } from '../shared/expectation.js';
import type { Issue } from '../shared/issues.js';
import { renameKey } from '../shared/objects.js';
import type { Scene } from '../shared/scene.js';
import { type Fix, schemasOf } from './literals.js';
import { fix } from './missing-field.js';

/** The schema wants a field of the request under a name that clients do not send: the schema's key is renamed. */
export function requestField(scene: Scene, issue: Issue): Fix[] {
  const field = issue.keys.at(-1);
  const sent = keysSent(scene);
  if (field === undefined || sent.length === 0 || sent.includes(field)) return [];
  return schemasOf(scene, field).flatMap((schema) => {
    const property = propertiesOf(schema.node).get(field);
    const unknown = sent.filter((key) => !schema.keys.includes(key));
    if (!property) return [];
    return nearestNames(field, unknown, unknown.length === 1 ? 0 : 0.4).map(({ name, score }) =>
      fix(schema, property, [renameKey(property, name)], 'request-key', `the request calls ${field} ${name}`, 0.6 + 0.35 * score),
    );
  });
}

/** The names in the request: of its JSON body at any depth, and of its query. */
function keysSent({ failure }: Scene): string[] {
  const { request } = failure;
  if (!request) return [];
  const names = new Set<string>();
  const body = request.body === undefined ? undefined : parsed(request.body);
  const pending: unknown[] = [body];
  for (let value = pending.pop(); names.size < 200 && (value !== undefined || pending.length > 0); value = pending.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    if (!Array.isArray(value)) for (const key of Object.keys(value)) names.add(key);
    pending.push(...Object.values(value).slice(0, 100));
  }
  for (const key of new URLSearchParams(request.path.split('?')[1] ?? '').keys()) names.add(key);
  return [...names];
}
