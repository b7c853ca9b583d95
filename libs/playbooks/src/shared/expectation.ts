import type { FailurePayload } from '@selfheal/contracts';
import type { Json } from './playbook-json.js';

/** One place in which an answer differs from what was expected. */
export interface Mismatch {
  /** Property names and indexes from the body's root. */
  readonly path: readonly (string | number)[];
  readonly expected: Json;
  /** `undefined` when it is not there. */
  readonly actual: Json | undefined;
}

const MAX_MISMATCHES = 20;

/**
 * Where the recorded answer differs from the expectation's JSON: objects by subset, arrays and scalars by equality, as a
 * replay judges it. Empty without an expectation or a body; the whole body counts as missing when it is no JSON.
 */
export function mismatchesOf(failure: FailurePayload): Mismatch[] {
  const expected = failure.expectation?.json;
  if (expected === undefined || failure.response?.body === undefined) return [];
  const found: Mismatch[] = [];
  compare(expected as Json, parsed(failure.response.body), [], found);
  return found;
}

/** The text as JSON, or `undefined`. */
export function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function compare(expected: Json, actual: Json | undefined, path: readonly (string | number)[], found: Mismatch[]): void {
  if (found.length >= MAX_MISMATCHES || path.length > 32) return;
  if (isObject(expected) && isObject(actual)) {
    for (const [key, value] of Object.entries(expected)) compare(value, actual[key], [...path, key], found);
  } else if (Array.isArray(expected) && Array.isArray(actual) && expected.length === actual.length) {
    for (const [i, value] of expected.entries()) compare(value, actual[i], [...path, i], found);
  } else if (JSON.stringify(expected) !== JSON.stringify(actual)) found.push({ path, expected, actual });
}

const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The property names that a mismatch is about, innermost first. */
export const namesOf = (mismatch: Mismatch): string[] => mismatch.path.filter((step) => typeof step === 'string').reverse();
