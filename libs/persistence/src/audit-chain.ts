/**
 * The audit trail's hash chain. Each entry's hash covers the entry and the hash before it, so changing, removing, inserting or
 * reordering rows shows at the first row touched. Pure: it verifies an export as well as the table. What a chain alone cannot show is
 * that its newest rows were cut off: keep the head (position and hash) elsewhere and pass it as `head`.
 */
import { createHash } from 'node:crypto';

/** One link. `at` is ISO 8601 in UTC with milliseconds; hashes are SHA-256 in lower-case hex. */
export interface AuditLink {
  readonly position: number;
  readonly trace_id: string;
  readonly subject: string;
  readonly seq: number;
  readonly actor: string;
  readonly action: string;
  readonly detail: string;
  readonly at: string;
  readonly prev_hash: string;
  readonly hash: string;
}

/** What the first entry has for a hash before it. */
export const GENESIS = '0'.repeat(64);

/**
 * SHA-256 over the canonical JSON of a link without its hash: keys sorted, no white space, ECMAScript's number and string forms,
 * which is RFC 8785 (JCS) for a flat object of strings and integers.
 */
export function auditHash({ hash: _, ...link }: Omit<AuditLink, 'hash'> & { hash?: string }): string {
  const sorted = Object.fromEntries(Object.entries(link).sort(([a], [b]) => (a < b ? -1 : 1)));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex');
}

export type ChainVerdict =
  | { readonly ok: true; readonly entries: number; readonly head: string }
  /** `position` is the first row that is not as it was written. */
  | { readonly ok: false; readonly position: number; readonly reason: string };

/** Walks a chain from its first link. Reads each link once and keeps none, so an export of any size will do. */
export async function verifyLinks(
  links: AsyncIterable<AuditLink> | Iterable<AuditLink>,
  anchor?: { position: number; hash: string },
): Promise<ChainVerdict> {
  let position = 0;
  let head = GENESIS;
  for await (const link of links) {
    position += 1;
    const bad = (reason: string): ChainVerdict => ({ ok: false, position, reason });
    if (link.position !== position) return bad(`position ${position} is missing`);
    if (link.prev_hash !== head) return bad('prev_hash is not the hash of the entry before');
    if (auditHash(link) !== link.hash) return bad('the entry does not match its hash');
    head = link.hash;
    if (anchor?.position === position && anchor.hash !== head) return bad('the hash is not the one that was noted');
  }
  if (anchor && anchor.position > position) return { ok: false, position: position + 1, reason: 'entries after this one were cut off' };
  return { ok: true, entries: position, head };
}
