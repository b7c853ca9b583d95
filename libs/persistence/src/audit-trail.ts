import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { auditOf, healingSubject, type StoredEvent } from '@selfheal/contracts';
import { DataSource, type EntityManager, MoreThan } from 'typeorm';
import { type AuditLink, auditHash, type ChainVerdict, GENESIS, verifyLinks } from './audit-chain.js';
import { AuditRow } from './entities/audit-row.entity.js';
import { lockAudit } from './locks.js';
import { storableText } from './storable.js';

/** Links read at once while the chain is verified. */
const BATCH = 1000;

/** The audit chain in Postgres: one link for each event of every heal, in the order in which they were projected. */
@Injectable()
export class AuditTrail {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Walks the whole chain and finds the first bad row. Give an `anchor` noted earlier to find out that its end was cut off. */
  verifyChain(anchor?: { position: number; hash: string }): Promise<ChainVerdict> {
    return verifyLinks(this.links(), anchor);
  }

  /** Every link from the first one on: what an offline check ({@link verifyLinks}) needs. */
  async *links(): AsyncGenerator<AuditLink> {
    const rows = this.dataSource.getRepository(AuditRow);
    for (let last = 0; ; ) {
      const batch = await rows.find({ where: { position: MoreThan(last) }, order: { position: 'ASC' }, take: BATCH });
      yield* batch.map(linkOf);
      last = batch.at(-1)?.position ?? last;
      if (batch.length < BATCH) return;
    }
  }
}

/** Appends the link of an event to the chain, in the transaction of `db`. The end of the chain stays locked until it commits. */
export async function appendAudit(db: EntityManager, stored: StoredEvent): Promise<void> {
  await lockAudit(db);
  const rows = db.getRepository(AuditRow);
  const [last] = await rows.find({ order: { position: 'DESC' }, take: 1 });
  const { trace_id, type, payload } = stored.event;
  const { actor, action, detail } = auditOf(stored);
  const link = {
    position: (last?.position ?? 0) + 1,
    trace_id,
    subject: healingSubject(trace_id, type, payload.attempt),
    seq: stored.seq,
    actor: storableText(actor),
    action,
    detail: storableText(detail),
    at: new Date(stored.at).toISOString(),
    prev_hash: last?.hash ?? GENESIS,
  };
  await rows.insert({ ...link, traceId: link.trace_id, prevHash: link.prev_hash, at: new Date(link.at), hash: auditHash(link) });
}

const linkOf = ({ traceId, prevHash, at, ...row }: AuditRow): AuditLink => ({
  ...row,
  trace_id: traceId,
  prev_hash: prevHash,
  at: at.toISOString(),
});
