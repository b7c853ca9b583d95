/** The generated files of docs/api: their names and their text. */
import { asyncApi } from './asyncapi.js';
import { CONTRACT_VERSION, jsonSchemas } from './json-schemas.js';

const text = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Text by path below docs/api; `version` is that of the product. */
export function apiFiles(version: string): ReadonlyMap<string, string> {
  const schemas = Object.entries(jsonSchemas()).map(
    ([name, schema]) => [`schemas/${CONTRACT_VERSION}/${name}.json`, text(schema)] as const,
  );
  return new Map([['asyncapi.json', text(asyncApi(version))], ...schemas]);
}

/**
 * The released files that differ from what they were at their release.
 * @param released SHA-256 by path, written at a release and never changed after it
 * @param digestOf SHA-256 of the file at a path now, nothing when it is gone
 */
export const changedReleases = (released: Readonly<Record<string, string>>, digestOf: (path: string) => string | undefined): string[] =>
  Object.entries(released)
    .filter(([path, digest]) => digestOf(path) !== digest)
    .map(([path]) => path);
