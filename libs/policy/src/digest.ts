import { createHash } from 'node:crypto';
import type { Proof, Verdict } from '@selfheal/contracts';

/** What an approval is bound to. */
export interface Provable {
  /** Unified diff. */
  readonly diff: string;
  readonly proof: Proof;
  readonly verdict: Verdict;
  readonly base_revision: string;
}

/**
 * SHA-256 (hex) over patch, proof, verdict and base revision: a human's yes holds for exactly these. Whoever deploys
 * computes it again from what the event carries and compares.
 */
export function proofDigest({ diff, proof, verdict, base_revision }: Provable): string {
  return createHash('sha256').update(canonicalJson({ diff, proof, verdict, base_revision })).digest('hex');
}

/**
 * JSON with one spelling for one value: members sorted by UTF-16 code units, no whitespace, numbers and strings as
 * ECMAScript writes them (RFC 8785). Members that are `undefined` are left out, as JSON.stringify does.
 * @throws {TypeError} for what JSON cannot say (NaN, functions, `undefined` as the value or in an array)
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => `${JSON.stringify(k)}:${canonicalJson(v)}`);
    return `{${members.join(',')}}`;
  }
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  throw new TypeError(`no canonical JSON for ${typeof value}`);
}
