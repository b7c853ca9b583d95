import { isDeepStrictEqual } from 'node:util';

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Where `actual` does not contain `expected`, as a JSON Pointer (RFC 6901); objects by subset, all else by equality. */
export function missingFrom(actual: unknown, expected: unknown, at = ''): string | undefined {
  if (!isObject(expected)) return isDeepStrictEqual(actual, expected) ? undefined : at || '/';
  if (!isObject(actual)) return at || '/';
  for (const [key, value] of Object.entries(expected)) {
    const pointer = `${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (!Object.hasOwn(actual, key)) return pointer;
    const missing = missingFrom(actual[key], value, pointer);
    if (missing) return missing;
  }
  return undefined;
}
