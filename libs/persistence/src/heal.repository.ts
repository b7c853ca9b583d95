import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { HealingTrace, StepName, StoredEvent, TraceStatus } from '@selfheal/contracts';
import { DataSource, IsNull, LessThanOrEqual, MoreThan, Not } from 'typeorm';
import { appendAudit } from './audit-trail.js';
import { Trace } from './entities/trace.entity.js';
import type { DeadlineOf, DueDeadline, Heal } from './heal.js';
import { lockTrace } from './locks.js';
import { insertEvent, loadHeal, storeHeal, subjectOf } from './projection.js';

export interface TraceQuery {
  readonly status?: TraceStatus | undefined;
  readonly target?: string | undefined;
  /** At most this many, 1 to 200. */
  readonly limit: number;
  /** The page after the one that ended with this trace id. An unknown id gives an empty page. */
  readonly before?: string | undefined;
}

/** Heals in Postgres. No clock inside: times come from the stream and from the caller. */
@Injectable()
export class HealRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * Projects one event of the stream, in one transaction: the event, the folded trace, its steps, the audit link and the deadline that
   * `deadlineOf` gives. Projecting an event again changes nothing, and the order in which events come does not matter to the result.
   */
  async project(stored: StoredEvent, deadlineOf: DeadlineOf = () => null): Promise<Heal & { readonly fresh: boolean }> {
    const traceId = stored.event.trace_id;
    return this.dataSource.transaction(async (db) => {
      await lockTrace(db, traceId);
      const outcome = await insertEvent(db, stored);
      const heal = await loadHeal(db, traceId);
      if (outcome !== 'known') await storeHeal(db, heal, heal.trace ? deadlineOf(heal) : null);
      if (outcome === 'fresh') await appendAudit(db, stored);
      return { ...heal, fresh: outcome === 'fresh' };
    });
  }

  /**
   * Notes that the heal's deadline has passed, unless the heal moved on: a fact that is decided upon like an event, so that whoever comes
   * first, the event or the deadline, wins for good.
   *
   * @returns the heal with the expiry, or nothing when no deadline is due at `now`
   */
  async expire(traceId: string, now: Date, deadlineOf: DeadlineOf): Promise<Heal | undefined> {
    return this.dataSource.transaction(async (db) => {
      await lockTrace(db, traceId);
      const due = await db.getRepository(Trace).findOne({ where: { traceId, deadlineAt: LessThanOrEqual(now) } });
      const known = await loadHeal(db, traceId);
      const last = known.events.at(-1);
      if (!due?.deadlineAt || !due.deadlineStep || !due.deadlineAttempt || !last) return undefined;
      const expiry = {
        step: due.deadlineStep,
        attempt: due.deadlineAttempt,
        at: due.deadlineAt.toISOString(),
        after: subjectOf(last),
      };
      const heal = { ...known, expired: [...known.expired, expiry] };
      await storeHeal(db, heal, deadlineOf(heal));
      return heal;
    });
  }

  /** Newest first, by keyset: a page costs the same wherever it is. */
  async listTraces({ status, target, limit, before }: TraceQuery): Promise<HealingTrace[]> {
    const query = this.dataSource.getRepository(Trace).createQueryBuilder('t');
    if (status) query.andWhere('t.status = :status', { status });
    if (target) query.andWhere('t.target = :target', { target });
    if (before)
      query.andWhere('(t.created_at, t.trace_id) < (SELECT b.created_at, b.trace_id FROM trace b WHERE b.trace_id = :before)', { before });
    const rows = await query
      .orderBy('t.createdAt', 'DESC')
      .addOrderBy('t.traceId', 'DESC')
      .limit(Math.min(200, Math.max(1, Math.trunc(limit))))
      .getMany();
    return rows.map(({ view }) => view);
  }

  async getTrace(traceId: string): Promise<HealingTrace | undefined> {
    return (await this.dataSource.getRepository(Trace).findOneBy({ traceId }))?.view;
  }

  /** The events of a heal in stream order, as they were said. */
  async eventsOf(traceId: string): Promise<readonly StoredEvent[]> {
    return (await this.getHeal(traceId)).events;
  }

  /** All that is known of a heal: what a decision needs. */
  getHeal(traceId: string): Promise<Heal> {
    return loadHeal(this.dataSource.manager, traceId);
  }

  /** Trace ids of the heals that have not ended, oldest first. */
  async openTraces(): Promise<string[]> {
    const rows = await this.dataSource
      .getRepository(Trace)
      .createQueryBuilder('t')
      .select('t.trace_id', 'id')
      .where("t.status NOT IN ('HEALED', 'ESCALATED')")
      .orderBy('t.created_at', 'ASC')
      .getRawMany<{ id: string }>();
    return rows.map(({ id }) => id);
  }

  /** Deadlines that are due at `now`, earliest first. */
  async dueDeadlines(now: Date): Promise<DueDeadline[]> {
    const rows = await this.dataSource.getRepository(Trace).find({
      where: { deadlineAt: LessThanOrEqual(now) },
      select: { traceId: true, deadlineAt: true, deadlineStep: true, deadlineAttempt: true },
      order: { deadlineAt: 'ASC' },
    });
    return rows.map((row) => ({
      traceId: row.traceId,
      at: row.deadlineAt as Date,
      step: row.deadlineStep as StepName,
      attempt: row.deadlineAttempt as number,
    }));
  }

  /** When the next deadline after `after` is; without it, the earliest one of all. */
  async nextDeadline(after?: Date): Promise<Date | undefined> {
    const [row] = await this.dataSource.getRepository(Trace).find({
      where: { deadlineAt: after ? MoreThan(after) : Not(IsNull()) },
      select: { traceId: true, deadlineAt: true },
      order: { deadlineAt: 'ASC' },
      take: 1,
    });
    return row?.deadlineAt ?? undefined;
  }
}
