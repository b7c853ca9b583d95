import { describe, expect, it } from '@jest/globals';
import { type AuditLink, auditHash, GENESIS, verifyLinks } from './audit-chain.js';

const chain = (length: number): AuditLink[] => {
  const links: AuditLink[] = [];
  for (let position = 1; position <= length; position++) {
    const link = {
      position,
      trace_id: '4bf92f3577b34da6a3ce929d0e0e4736',
      subject: `healing.4bf92f3577b34da6a3ce929d0e0e4736.RCA_READY.${position}`,
      seq: position * 10,
      actor: 'rca',
      action: 'RCA_READY',
      detail: `detail ${position}`,
      at: '2026-11-22T10:00:00.000Z',
      prev_hash: links.at(-1)?.hash ?? GENESIS,
    };
    links.push({ ...link, hash: auditHash(link) });
  }
  return links;
};
const changed = (links: AuditLink[], index: number, change: Partial<AuditLink>) =>
  links.map((l, i) => (i === index ? { ...l, ...change } : l));

describe('the audit chain', () => {
  it('holds when nothing was touched', async () => {
    const links = chain(4);
    expect(await verifyLinks(links)).toEqual({ ok: true, entries: 4, head: links[3]?.hash });
    expect(await verifyLinks([])).toEqual({ ok: true, entries: 0, head: GENESIS });
  });

  it('has a hash that does not depend on the order of keys and is stable for ever', () => {
    const [link] = chain(1) as [AuditLink];
    const reversed = Object.fromEntries(Object.entries(link).reverse()) as unknown as AuditLink;
    expect(auditHash(reversed)).toBe(link.hash);
    expect(link.hash).toBe('285360873b9a4cd566a9cfe45d6b588db5aa647d54c59be49b8a174ed071bf27');
  });

  it.each(['actor', 'action', 'detail', 'at', 'trace_id', 'subject'] as const)('finds a changed %s', async (field) => {
    expect(await verifyLinks(changed(chain(4), 1, { [field]: 'x' }))).toMatchObject({ ok: false, position: 2 });
  });

  it('finds a row that was rewritten together with its hash', async () => {
    const links = chain(4);
    const forged = { ...(links[1] as AuditLink), detail: 'nothing to see' };
    expect(await verifyLinks(changed(links, 1, { ...forged, hash: auditHash(forged) }))).toMatchObject({ ok: false, position: 3 });
  });

  it('finds a removed row, and two rows that changed places', async () => {
    const [a, b, c] = chain(3) as [AuditLink, AuditLink, AuditLink];
    expect(await verifyLinks([a, c])).toMatchObject({ ok: false, position: 2, reason: 'position 2 is missing' });
    expect(await verifyLinks([a, { ...c, position: 2 }, { ...b, position: 3 }])).toMatchObject({ ok: false, position: 2 });
  });

  it('finds that the end was cut off, or all of it rewritten, when the head was noted', async () => {
    const links = chain(3);
    const head = { position: 3, hash: links[2]?.hash ?? '' };
    expect(await verifyLinks(links.slice(0, 2), head)).toMatchObject({ ok: false, position: 3 });
    expect(await verifyLinks(links, { ...head, hash: GENESIS })).toMatchObject({ ok: false, position: 3 });
    expect(await verifyLinks(links, head)).toMatchObject({ ok: true });
  });
});
