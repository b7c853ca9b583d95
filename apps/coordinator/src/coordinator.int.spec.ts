import { join } from 'node:path';
import { setTimeout as until } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { BUCKETS, LEARNING_RECORD, learnedFixesKey, STREAMS, traceSubject } from '@selfheal/contracts';
import { Broker, storedEvent } from '@selfheal/messaging';
import { AuditTrail, dataSourceOptions, HealRepository, openDatabase } from '@selfheal/persistence';
import { type ManagedProcess, spawnProcess } from '@selfheal/stack';
import { aDigest, aTraceId, useNats, usePostgres } from '@selfheal/testing';
import { z } from 'zod';
import { eventOf, type Said } from './testing/history.js';

/** Real processes that are killed: a message that one of them held comes again after the consumer's ack wait. */
jest.setTimeout(150_000);

// Before the servers' own: hooks run in the order of their registration, and a connection cannot be drained without its server.
afterAll(async () => {
  await world?.close();
  await db?.destroy();
});
const nats = useNats();
const postgres = usePostgres();
let world: Broker;
let db: Awaited<ReturnType<typeof openDatabase>>;
let heals: HealRepository;
let coordinator: ManagedProcess | undefined;

beforeAll(async () => {
  world = await Broker.connect({ url: nats.url, service: 'rca' });
  db = await openDatabase(dataSourceOptions(postgres.url), { migrate: false });
  heals = new HealRepository(db);
});
afterEach(async () => {
  await coordinator?.kill();
  coordinator = undefined;
});

/** The coordinator as it is run in production, from source. */
async function start(env: Record<string, string> = {}): Promise<ManagedProcess> {
  const file = (path: string) => join(process.cwd(), path);
  coordinator = await spawnProcess({
    name: 'coordinator',
    command: process.execPath,
    args: ['--import', pathToFileURL(file('tools/run-source.mjs')).href, file('apps/coordinator/src/main.ts')],
    env: { NATS_URL: nats.url, DATABASE_URL: postgres.url, SELFHEAL_TARGETS: '', HEALTH_PORT: undefined, LOG_LEVEL: 'warn', ...env },
    ready: 'ipc',
  });
  return coordinator;
}

const tell = async (trace: string, ...history: Said[]) => {
  for (const said of history) await world.journal.publish(eventOf(said, new Date().toISOString(), trace));
};
/** Resolves as soon as `look` gives something. */
async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 5000; tries++) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    await until(20);
  }
  throw new Error('it never came to be');
}
const statusIs = (trace: string, status: string) =>
  eventually(async () => {
    const found = await heals.getTrace(trace);
    return found?.status === status ? found : undefined;
  });
/** Every event of a heal in the stream, as `TYPE.attempt`, in order. */
async function streamOf(trace: string): Promise<string[]> {
  const consumer = await world.jetstream.consumers.get(STREAMS.healing.name, { filterSubjects: traceSubject(trace) });
  const said: string[] = [];
  const { num_pending: pending } = await consumer.info();
  if (pending === 0) return said;
  for await (const message of await consumer.fetch({ max_messages: pending, expires: 5000 })) {
    const { event } = storedEvent({ seq: message.seq, data: message.data, time: new Date() });
    said.push(`${event.type}.${event.payload.attempt}`);
  }
  return said;
}

const toLive = (attempt: number): Said[] => [
  ['RCA_READY', { attempt }],
  ['MORPH_APPLY_REQUESTED', { attempt }],
  ['MORPH_APPLY_SUCCEEDED', { attempt }],
  ['GUARDRAIL_PASSED', { attempt }],
  ['RELOAD_DONE', { attempt }],
];

describe('the coordinator', () => {
  it('follows a heal to its end: projected, audited, timed', async () => {
    await start();
    const trace = aTraceId();
    await tell(trace, ['HEALING_STARTED'], ...toLive(1), ['VERIFY_REPLAY_PASS']);
    const healed = await statusIs(trace, 'HEALED');
    expect(await streamOf(trace)).toEqual(expect.arrayContaining(['HEALED.1']));
    expect(healed.steps.map(({ name, status }) => `${name} ${status}`)).toEqual(
      ['detect', 'rca', 'patch', 'guardrail', 'deploy', 'verify'].map((name) => `${name} succeeded`),
    );
    expect(healed.audit.at(-1)).toMatchObject({ actor: 'coordinator', action: 'HEALED' });
    expect(await new AuditTrail(db).verifyChain()).toMatchObject({ ok: true });
  });

  it('goes on where it was after kill -9, again and again, and says everything once', async () => {
    const running = await start();
    const traces = Array.from({ length: 12 }, aTraceId);
    /** The other services: each answers the coordinator as soon as it hears it. */
    const heal = async (trace: string) => {
      await tell(trace, ['HEALING_STARTED'], ...toLive(1), ['VERIFY_REPLAY_FAIL']);
      await eventually(() => world.journal.find(trace, 'ROLLBACK_REQUESTED', 1));
      await tell(trace, ['ROLLBACK_DONE']);
      await eventually(() => world.journal.find(trace, 'RETRY_REQUESTED', 2));
      await tell(trace, ...toLive(2), ['VERIFY_REPLAY_PASS', { attempt: 2 }]);
      await statusIs(trace, 'HEALED');
    };
    const done = Promise.all(traces.map(heal));
    for (const [at, type] of [
      [0, 'ROLLBACK_REQUESTED'],
      [4, 'RETRY_REQUESTED'],
      [9, 'HEALED'],
    ] as const) {
      const [attempt, trace] = [type === 'ROLLBACK_REQUESTED' ? 1 : 2, traces[at] ?? ''];
      await eventually(() => world.journal.find(trace, type, attempt));
      await running.kill();
      await running.restart();
    }
    await done;
    for (const trace of traces) {
      const said = await streamOf(trace);
      expect(said.filter((name) => /^(ROLLBACK_REQUESTED|RETRY_REQUESTED|HEALED|ESCALATED)/.test(name))).toEqual([
        'ROLLBACK_REQUESTED.1',
        'RETRY_REQUESTED.2',
        'HEALED.2',
      ]);
      expect((await heals.getTrace(trace))?.audit.map(({ action }) => action)).toEqual(said.map((name) => name.split('.')[0]));
    }
    const { state } = await world.manager.streams.info(STREAMS.healing.name);
    expect(await new AuditTrail(db).verifyChain()).toMatchObject({ ok: true, entries: state.messages });
  });

  it('gives up a heal whose step takes too long, and finds one that became due while it was away', async () => {
    const running = await start({ DEADLINE_RCA_MS: '300' });
    const trace = aTraceId();
    await tell(trace, ['HEALING_STARTED']);
    const { event } = await eventually(() => world.journal.find(trace, 'ESCALATED', 1));
    expect(event.payload).toMatchObject({ code: 'deadline-rca', rolled_back: false });
    await statusIs(trace, 'ESCALATED');

    const other = aTraceId();
    await tell(other, ['HEALING_STARTED']);
    const deadline = await eventually(() => heals.nextDeadline());
    await running.kill();
    await until(Math.max(0, deadline.getTime() - Date.now()));
    await running.restart();
    await statusIs(other, 'ESCALATED');
  });

  it('hears what was said in time before it calls a deadline missed', async () => {
    const running = await start({ DEADLINE_VERIFY_MS: '1000' });
    const trace = aTraceId();
    await tell(trace, ['HEALING_STARTED'], ...toLive(1));
    const deadline = await eventually(async () =>
      (await heals.dueDeadlines(new Date(Date.now() + 5000))).find((due) => due.step === 'verify'),
    );
    await running.kill();
    await tell(trace, ['VERIFY_REPLAY_PASS']);
    await until(Math.max(0, deadline.at.getTime() - Date.now()));
    await running.restart();
    await statusIs(trace, 'HEALED');
    expect(await streamOf(trace)).not.toContain('ROLLBACK_REQUESTED.1');
  });

  it('says what it had decided and not said when it was killed', async () => {
    await start();
    const trace = aTraceId();
    await tell(trace, ['HEALING_STARTED'], ...toLive(1), ['VERIFY_REPLAY_PASS']);
    await statusIs(trace, 'HEALED');
    await coordinator?.kill();
    // As if it had died between committing the event and publishing what follows, and the broker had kept the ack.
    await world.manager.streams.purge(STREAMS.healing.name, { filter: `healing.${trace}.HEALED.1` });
    await db.query(`DELETE FROM heal_event WHERE subject = $1`, [`healing.${trace}.HEALED.1`]);
    await db.query(`UPDATE trace SET status = 'HEALING' WHERE trace_id = $1`, [trace]);
    await coordinator?.restart();
    expect(await eventually(() => world.journal.find(trace, 'HEALED', 1))).toBeDefined();
  });

  it('refills a broker that comes back with less than it had acked', async () => {
    await start();
    const trace = aTraceId();
    await tell(trace, ['HEALING_STARTED'], ...toLive(1));
    await eventually(async () => (await heals.eventsOf(trace)).length === 6 || undefined);
    const before = await streamOf(trace);
    const { entries } = (await new AuditTrail(db).verifyChain()) as { entries: number };
    await world.manager.streams.purge(STREAMS.healing.name, { filter: traceSubject(trace) });
    expect(await streamOf(trace)).toEqual([]);
    await nats.server.restart();
    await eventually(async () => ((await streamOf(trace).catch(() => [])).length === 6 ? true : undefined));
    expect(await streamOf(trace)).toEqual(before);
    await tell(trace, ['VERIFY_REPLAY_PASS']);
    const healed = await statusIs(trace, 'HEALED');
    expect(healed.steps.map(({ name }) => name)).toEqual(['detect', 'rca', 'patch', 'guardrail', 'deploy', 'verify']);
    expect(await new AuditTrail(db).verifyChain()).toMatchObject({ ok: true, entries: entries + 2 });
  });

  it('writes what heals taught to the broker, and again from Postgres when it is lost', async () => {
    const running = await start();
    const [trace, fingerprint] = [aTraceId(), aDigest('learning')];
    const learned = (key: string) => world.learning.read(key, z.unknown());
    await tell(trace, ['HEALING_STARTED', { fingerprint }], ...toLive(1), ['VERIFY_REPLAY_PASS']);
    const fixes = await eventually(() => learned(learnedFixesKey(fingerprint)));
    expect(fixes).toEqual({ fixes: [expect.objectContaining({ target: 'shop' })], failed: [] });
    const record = await learned(LEARNING_RECORD);
    expect(record).toMatchObject({ playbooks: { 'response-schema-mismatch': { proven: expect.any(Number) } } });

    await running.kill();
    await (await world.kv(BUCKETS.learning)).destroy();
    await running.restart();
    expect(await eventually(() => learned(learnedFixesKey(fingerprint)))).toEqual(fixes);
    expect(await learned(LEARNING_RECORD)).toEqual(record);
  });
});
