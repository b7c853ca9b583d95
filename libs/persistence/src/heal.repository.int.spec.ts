import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Test } from '@nestjs/testing';
import type { AnyHealingEvent, HealingEventType, Payload, StoredEvent } from '@selfheal/contracts';
import { aFailurePayload, anEvent, usePostgres } from '@selfheal/testing';
import { DataSource } from 'typeorm';
import { AuditTrail, dataSourceOptions, HealRepository, migrate, PersistenceModule } from './index.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const OTHER = '00f067aa0ba902b74bf92f3577b34da6';
const START = Date.parse('2026-11-22T10:00:00.000Z');
/** The broker's time of position `seq`: a quarter of a second apart. */
const timeOf = (seq: number): string => new Date(START + seq * 250).toISOString();
const due = () => ({ at: new Date(timeOf(100)), step: 'patch' as const, attempt: 1 });

const stored = <T extends HealingEventType>(seq: number, trace: string, type: T, payload: Partial<Payload<T>> = {}): StoredEvent => ({
  seq,
  at: timeOf(seq),
  event: anEvent(type, payload, { trace, at: timeOf(seq) }) as AnyHealingEvent,
});
const started = (seq: number, trace: string, { target = 'shop', message = 'it broke', failedAt = timeOf(seq) } = {}) =>
  stored(seq, trace, 'HEALING_STARTED', {
    target,
    failed_at: failedAt,
    failure: aFailurePayload({ service: target, error: { name: 'ZodError', message } }),
  });
/** A heal of five events that ends in ESCALATED. */
const sampleHeal = (trace: string, first = 1): StoredEvent[] => [
  started(first, trace),
  ...(['RCA_READY', 'MORPH_APPLY_REQUESTED', 'MORPH_APPLY_FAILED', 'ESCALATED'] as const).map((type, i) =>
    stored(first + i + 1, trace, type),
  ),
];

const postgres = usePostgres();
let db: DataSource;
let heals: HealRepository;
let audit: AuditTrail;

beforeAll(async () => {
  db = await new DataSource(dataSourceOptions(postgres.url)).initialize();
  heals = new HealRepository(db);
  audit = new AuditTrail(db);
});
afterAll(() => db?.destroy());

const empty = async () => {
  await db.query('DROP SCHEMA public CASCADE');
  await db.query('CREATE SCHEMA public');
};
beforeEach(async () => {
  await empty();
  await migrate(db);
});

/** Everything in the tables, apart from when it was written. */
const dump = async () => ({
  events: await db.query('SELECT * FROM heal_event ORDER BY subject'),
  traces: await db.query('SELECT * FROM trace ORDER BY trace_id'),
  steps: await db.query('SELECT * FROM step ORDER BY trace_id, attempt, name'),
});

describe('the schema', () => {
  it('goes down and up again, and matches the entities', async () => {
    for (const _ of db.migrations) await db.undoLastMigration();
    expect(await db.query(`SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'`)).toEqual([
      { table_name: 'selfheal_migrations' },
    ]);
    await migrate(db);
    const { upQueries } = await db.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query).filter((query) => !/INDEX|CONSTRAINT/.test(query))).toEqual([]);
  });

  it('is migrated once by replicas that start together', async () => {
    await empty();
    const replicas = await Promise.all([1, 2, 3].map(() => new DataSource(dataSourceOptions(postgres.url)).initialize()));
    try {
      await Promise.all(replicas.map(migrate));
      expect(await db.query('SELECT name FROM selfheal_migrations')).toHaveLength(db.migrations.length);
    } finally {
      await Promise.all(replicas.map((replica) => replica.destroy()));
    }
  });

  it('comes with the Nest module', async () => {
    await empty();
    const app = await Test.createTestingModule({ imports: [PersistenceModule.forRoot(postgres.url, { migrate: true })] }).compile();
    try {
      await app.get(HealRepository).project(started(1, TRACE));
      expect(await app.get(AuditTrail).verifyChain()).toMatchObject({ ok: true, entries: 1 });
    } finally {
      await app.close();
    }
  });
});

describe('projecting', () => {
  it('folds the events of a heal into its trace, steps and audit', async () => {
    for (const event of sampleHeal(TRACE)) expect(await heals.project(event)).toMatchObject({ fresh: true });
    expect(await heals.getTrace(TRACE)).toMatchObject({
      status: 'ESCALATED',
      cause: { playbook: 'response-schema-mismatch' },
      total_ms: 1000,
      steps: [{ name: 'detect' }, { name: 'rca', status: 'succeeded', duration_ms: 250 }, { name: 'patch', status: 'failed' }],
    });
    expect(await db.query('SELECT name, status, duration_ms FROM step ORDER BY started_at, name')).toEqual([
      { name: 'detect', status: 'succeeded', duration_ms: 0 },
      { name: 'rca', status: 'succeeded', duration_ms: 250 },
      { name: 'patch', status: 'failed', duration_ms: 500 },
    ]);
    expect((await heals.eventsOf(TRACE)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    expect(await audit.verifyChain()).toMatchObject({ ok: true, entries: 5 });
  });

  it('changes nothing the second time', async () => {
    for (const event of sampleHeal(TRACE)) await heals.project(event, due);
    const before = await dump();
    for (const event of sampleHeal(TRACE)) expect(await heals.project(event, () => null)).toMatchObject({ fresh: false });
    expect(await dump()).toEqual(before);
    expect(await audit.verifyChain()).toMatchObject({ ok: true, entries: 5 });
  });

  it('comes to the same whatever the order, also before HEALING_STARTED is known', async () => {
    for (const event of sampleHeal(TRACE)) await heals.project(event);
    const inOrder = await dump();
    await empty();
    await migrate(db);
    const shuffled = [3, 1, 4, 0, 2].map((i) => sampleHeal(TRACE)[i]).filter((event) => event !== undefined);
    expect(await heals.project(shuffled[0] ?? started(1, TRACE))).toMatchObject({ trace: undefined, fresh: true });
    for (const event of shuffled.slice(1)) await heals.project(event);
    expect(await dump()).toEqual(inOrder);
  });

  it('is serial within a heal and over the chain, however many write at once', async () => {
    const events = [...sampleHeal(TRACE), ...sampleHeal(OTHER, 10)];
    await Promise.all([...events, ...events].map((event) => heals.project(event)));
    expect((await heals.getTrace(TRACE))?.audit).toHaveLength(5);
    expect((await heals.getTrace(OTHER))?.status).toBe('ESCALATED');
    expect(await audit.verifyChain()).toMatchObject({ ok: true, entries: 10 });
  });

  it('leaves nothing behind when the deadline cannot be told', async () => {
    const broken = () => {
      throw new Error('no');
    };
    await expect(heals.project(started(1, TRACE), broken)).rejects.toThrow('no');
    expect(await heals.eventsOf(TRACE)).toEqual([]);
    expect(await audit.verifyChain()).toMatchObject({ entries: 0 });
  });

  it('keeps an event from a hostile service exactly, and shows what can be shown of it', async () => {
    const event = started(1, TRACE, { message: "nul \u0000, half \ud83d, '; DROP TABLE trace; --", failedAt: 'no date' });
    await heals.project(event);
    expect((await heals.getTrace(TRACE))?.failure.message).toBe("nul \ufffd, half \ufffd, '; DROP TABLE trace; --");
    expect(await heals.eventsOf(TRACE)).toEqual([event]);
    expect(await audit.verifyChain()).toMatchObject({ ok: true, entries: 1 });
  });

  it('follows a broker that was refilled: new positions, the same heal, and a reused number hides nothing', async () => {
    for (const event of sampleHeal(TRACE, 100)) await heals.project(event);
    const before = await heals.getTrace(TRACE);
    for (const event of sampleHeal(TRACE, 1)) expect(await heals.project(event)).toMatchObject({ fresh: false });
    await heals.project(started(100, OTHER));
    expect((await heals.eventsOf(TRACE)).map(({ seq, at }) => [seq, at])).toEqual([1, 2, 3, 4, 5].map((n) => [n, timeOf(n + 99)]));
    expect({ ...(await heals.getTrace(TRACE)), audit: [] }).toEqual({ ...before, audit: [] });
    expect(await heals.getTrace(OTHER)).toMatchObject({ status: 'HEALING' });
  });
});

describe('deadlines', () => {
  it('are stored with the projection and found when due', async () => {
    await heals.project(started(1, TRACE), due);
    await heals.project(started(2, OTHER), () => ({ ...due(), at: new Date(timeOf(200)) }));
    expect(await heals.nextDeadline()).toEqual(new Date(timeOf(100)));
    expect(await heals.nextDeadline(new Date(timeOf(100)))).toEqual(new Date(timeOf(200)));
    expect(await heals.dueDeadlines(new Date(timeOf(99)))).toEqual([]);
    expect(await heals.dueDeadlines(new Date(timeOf(100)))).toEqual([{ traceId: TRACE, ...due() }]);
  });

  it('expire once, after the last event known then', async () => {
    await heals.project(started(1, TRACE), due);
    expect(await heals.expire(TRACE, new Date(timeOf(99)), () => null)).toBeUndefined();
    const expiry = { step: 'patch', attempt: 1, at: timeOf(100), after: `healing.${TRACE}.HEALING_STARTED.1` };
    const race = await Promise.all([1, 2, 3].map(() => heals.expire(TRACE, new Date(timeOf(101)), () => null)));
    expect(race.filter(Boolean)).toEqual([expect.objectContaining({ expired: [expiry] })]);
    await heals.project(stored(2, TRACE, 'RCA_FAILED', { reason: 'late' }));
    expect((await heals.getHeal(TRACE)).expired).toEqual([expiry]);
    expect(await heals.nextDeadline()).toBeUndefined();
  });
});

describe('listing', () => {
  it('pages through heals, newest first, by status and target', async () => {
    const ids = [1, 2, 3, 4, 5].map((n) => String(n).repeat(32));
    for (const [i, id] of ids.entries()) await heals.project(started(i + 1, id, { target: i % 2 ? 'cart' : 'shop' }));
    for (const event of sampleHeal(TRACE, 10)) await heals.project(event);
    const idsOf = async (query: Parameters<HealRepository['listTraces']>[0]) => (await heals.listTraces(query)).map((t) => t.trace_id);
    const first = await idsOf({ limit: 3 });
    expect(first).toEqual([TRACE, ids[4], ids[3]]);
    expect(await idsOf({ limit: 3, before: first[2] })).toEqual([ids[2], ids[1], ids[0]]);
    expect(await idsOf({ limit: 3, before: ids[0] })).toEqual([]);
    expect(await idsOf({ limit: 10, before: OTHER })).toEqual([]);
    expect(await idsOf({ limit: 10, status: 'ESCALATED' })).toEqual([TRACE]);
    expect(await idsOf({ limit: 10, target: 'cart' })).toEqual([ids[3], ids[1]]);
    expect(await heals.openTraces()).toEqual(ids);
    expect(await heals.getTrace(OTHER)).toBeUndefined();
  });
});

describe('the audit trail', () => {
  it('refuses UPDATE, DELETE and TRUNCATE', async () => {
    await heals.project(started(1, TRACE));
    for (const sql of ["UPDATE audit_entry SET actor = 'x'", 'DELETE FROM audit_entry', 'TRUNCATE audit_entry'])
      await expect(db.query(sql)).rejects.toThrow('append-only');
  });

  it('finds the row that someone with the keys of the database changed all the same', async () => {
    for (const event of sampleHeal(TRACE)) await heals.project(event);
    await db.query('ALTER TABLE audit_entry DISABLE TRIGGER ALL');
    await db.query("UPDATE audit_entry SET detail = 'all is well' WHERE position = 4");
    expect(await audit.verifyChain()).toEqual({ ok: false, position: 4, reason: 'the entry does not match its hash' });
    await db.query('DELETE FROM audit_entry WHERE position = 2');
    expect(await audit.verifyChain()).toMatchObject({ ok: false, position: 2 });
  });
});
