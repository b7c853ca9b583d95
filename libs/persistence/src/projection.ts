/** The writing half: an event or a passed deadline goes in, the heal's rows follow, all in the caller's transaction. */
import { createHash } from 'node:crypto';
import {
  type AnyHealingEvent,
  foldHeal,
  type HealingTrace,
  healingSubject,
  originalTemplate,
  type StoredEvent,
  shapeOfDiff,
} from '@selfheal/contracts';
import type { EntityManager } from 'typeorm';
import { FixOutcome } from './entities/fix-outcome.entity.js';
import { HealEvent } from './entities/heal-event.entity.js';
import { Step } from './entities/step.entity.js';
import { Trace } from './entities/trace.entity.js';
import type { Deadline, Expiry, Heal } from './heal.js';
import { outcomesOf } from './outcomes.js';
import { storable } from './storable.js';

/** The subject of an event: its identity on the broker and here. */
export const subjectOf = ({ event }: StoredEvent): string => healingSubject(event.trace_id, event.type, event.payload.attempt);

/**
 * Stores an event once.
 *
 * @returns `fresh` when it was not known; `moved` when it was, at another place in the stream (a broker that was refilled): the time it
 *   was first stored at stays.
 */
export async function insertEvent(db: EntityManager, stored: StoredEvent): Promise<'fresh' | 'moved' | 'known'> {
  const { event, seq } = stored;
  const subject = subjectOf(stored);
  const row = {
    subject,
    seq,
    traceId: event.trace_id,
    type: event.type,
    attempt: event.payload.attempt,
    at: new Date(stored.at),
    envelope: event,
  };
  const inserted = await db.createQueryBuilder().insert().into(HealEvent).values(row).orIgnore().returning('subject').execute();
  if ((inserted.raw as unknown[]).length > 0) return 'fresh';
  const { affected } = await db
    .createQueryBuilder()
    .update(HealEvent)
    .set({ seq })
    .where('subject = :subject AND seq <> :seq', { subject, seq })
    .execute();
  return affected ? 'moved' : 'known';
}

/** What is known of a heal now. */
export async function loadHeal(db: EntityManager, traceId: string): Promise<Heal> {
  const rows = await db.getRepository(HealEvent).find({ where: { traceId }, order: { seq: 'ASC', at: 'ASC', subject: 'ASC' } });
  const events = rows.map((row) => ({ seq: row.seq, at: row.at.toISOString(), event: row.envelope as AnyHealingEvent }));
  const trace = await db.getRepository(Trace).findOne({ where: { traceId }, select: { traceId: true, expired: true } });
  return { trace: foldHeal(events), events, expired: trace?.expired ?? [] };
}

/** Writes the rows that follow from `heal`. Nothing while its HEALING_STARTED is not known. */
export async function storeHeal(db: EntityManager, heal: Heal, deadline: Deadline | null): Promise<void> {
  if (!heal.trace) return;
  const view = storable(heal.trace);
  await db.getRepository(Trace).upsert(traceRow(view, heal, deadline), { conflictPaths: ['traceId'], skipUpdateIfNoValuesChanged: false });
  await db.getRepository(Step).delete({ traceId: view.trace_id });
  await db.getRepository(Step).insert(stepRows(view));
  const outcomes = outcomeRows(heal.events);
  if (outcomes.length > 0) await db.getRepository(FixOutcome).upsert(outcomes, { conflictPaths: ['traceId', 'candidate'] });
}

function traceRow(view: HealingTrace, heal: Heal, deadline: Deadline | null) {
  return {
    traceId: view.trace_id,
    target: view.target,
    status: view.status,
    fingerprint: view.fingerprint,
    attempt: view.attempt,
    view,
    expired: [...heal.expired] satisfies Expiry[],
    deadlineAt: deadline?.at ?? null,
    deadlineStep: deadline?.step ?? null,
    deadlineAttempt: deadline?.attempt ?? null,
    createdAt: instant(view.created_at, view.updated_at),
    updatedAt: new Date(view.updated_at),
    endedAt: view.ended_at ? new Date(view.ended_at) : null,
    lastSeq: Math.max(...heal.events.map(({ seq }) => seq)),
  };
}

const stepRows = (view: HealingTrace) =>
  view.steps.map((step) => ({
    traceId: view.trace_id,
    name: step.name,
    attempt: step.attempt,
    status: step.status,
    startedAt: instant(step.started_at, view.updated_at),
    endedAt: step.ended_at ? new Date(step.ended_at) : null,
    durationMs: Number.isFinite(step.duration_ms) ? (step.duration_ms ?? null) : null,
    detail: step.detail,
  }));

const outcomeRows = (events: readonly StoredEvent[]) =>
  outcomesOf(events)
    .map(({ traceId, target, fingerprint, playbook, candidate, end, at }) =>
      storable({
        traceId,
        candidate: candidate.digest,
        fingerprint,
        target,
        playbook,
        template: originalTemplate(candidate.template),
        outcome: end,
        shape: createHash('sha256').update(shapeOfDiff(candidate.diff)).digest('hex'),
        diff: end === 'healed' ? candidate.diff : null,
        at,
      }),
    )
    .map((row) => ({ ...row, at: new Date(row.at) }));

/** `failed_at` comes from an event and may be no date; the broker's time is one. */
const instant = (text: string, otherwise: string): Date => new Date(Number.isNaN(Date.parse(text)) ? otherwise : text);
