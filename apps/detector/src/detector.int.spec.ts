import 'reflect-metadata';
import { realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type INestMicroservice, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type AnyHealingEvent, BUCKETS, type FailureEvent, type HealingEvent, STREAMS } from '@selfheal/contracts';
import { Broker, JetStreamStrategy, RethrowFilter } from '@selfheal/messaging';
import { CONFIG, loadConfig } from '@selfheal/service';
import { TargetRegistry } from '@selfheal/targets';
import { aFailure, anEvent, aTraceId, tmpDir, useNats, waitForEvent } from '@selfheal/testing';
import type { JsMsg, KV } from 'nats';
import { detectorConfig } from './detector.config.js';
import { DetectorModule } from './detector.module.js';
import { fingerprint } from './fingerprint.js';
import { incident } from './incident.js';

jest.setTimeout(15_000);

const YAML =
  'name: shop\nstart: { command: [node, a.js] }\nbase_url: http://127.0.0.1:1\ndeploy: { strategy: hot-reload, control_url: http://127.0.0.1:1 }\n';

describe('detector on a real broker', () => {
  const replicas: { app: INestMicroservice; broker: Broker }[] = [];
  // Hooks run in the order of their registration: services stop before the broker does.
  afterAll(async () => {
    for (const { app, broker } of replicas) {
      await app.close();
      await broker.close();
    }
  });
  const nats = useNats();
  let nc: Awaited<ReturnType<typeof nats.connect>>;
  let root: string;
  let incidents: KV;

  beforeAll(async () => {
    root = await realpath(await tmpDir('selfheal-detector-'));
    await writeFile(join(root, 'selfheal.yaml'), YAML);
    const registry = await TargetRegistry.load([root]);
    nc = await nats.connect();
    // Two replicas throughout: everything here must hold for any number of them.
    for (let i = 0; i < 2; i++) {
      const broker = await Broker.connect({ url: nats.url, service: 'detector' });
      const shared = [
        { provide: TargetRegistry, useValue: registry },
        { provide: Broker, useValue: broker },
        { provide: CONFIG, useValue: loadConfig(detectorConfig, { RECENTLY_HEALED_MS: '0', COOL_DOWN_MS: '3600000' }) },
      ];
      @Module({ imports: [{ module: class {}, global: true, providers: shared, exports: shared }, DetectorModule] })
      class Root {}
      const app = await NestFactory.createMicroservice(Root, { strategy: new JetStreamStrategy(broker), logger: false });
      app.useGlobalFilters(new RethrowFilter());
      await app.listen();
      replicas.push({ app, broker });
    }
    incidents = await theBroker().kv(BUCKETS.incidents);
  });

  const theBroker = (): Broker => {
    const [first] = replicas;
    if (!first) throw new Error('no replica runs');
    return first.broker;
  };
  const say = (event: HealingEvent) => theBroker().journal.publish(event as AnyHealingEvent);
  /** A failure that is an incident of its own: no other spec has its route. */
  const failureOf = (over: Partial<FailureEvent['payload']> = {}, envelope: Partial<Omit<FailureEvent, 'payload'>> = {}): FailureEvent =>
    aFailure(
      { route: `GET /${aTraceId()}`, error: { name: 'TypeError', message: 'no', stack: `x\n at f (${root}/src/a.ts:1:1)` }, ...over },
      envelope,
    );
  const again = (event: FailureEvent): FailureEvent => ({ ...event, key: aTraceId() });
  const send = async (data: unknown, subject = 'failures.shop'): Promise<number> => {
    const bytes = typeof data === 'string' ? data : JSON.stringify(data);
    return (await nc.jetstream().publish(subject, new TextEncoder().encode(bytes))).seq;
  };
  const heals = (event: FailureEvent) => (started: HealingEvent<'HEALING_STARTED'>) =>
    started.payload.failure.route === event.payload.route;
  const known = async (event: FailureEvent) => {
    const entry = await incidents.get(fingerprint(event, root));
    return entry ? incident.parse(entry.json()) : undefined;
  };
  /** Resolves when the incident is as asked. */
  async function untilIncident(event: FailureEvent, accept: (now: NonNullable<Awaited<ReturnType<typeof known>>>) => boolean) {
    for await (const entry of await incidents.watch({ key: fingerprint(event, root) })) {
      const now = incident.parse(entry.json());
      if (accept(now)) return now;
    }
    throw new Error('the bucket is gone');
  }
  /** Every heal that was opened for the failure. Every failure sent so far has been handled by then. */
  async function opened(event: FailureEvent): Promise<HealingEvent<'HEALING_STARTED'>[]> {
    await untilHandled();
    const last = failureOf();
    await send(last);
    const found: HealingEvent<'HEALING_STARTED'>[] = [];
    await waitForEvent(nc, 'HEALING_STARTED', (started) => {
      if (heals(event)(started)) found.push(started);
      return heals(last)(started);
    });
    return found;
  }
  async function untilHandled(): Promise<void> {
    for (;;) {
      const { num_ack_pending, num_pending } = await theBroker().manager.consumers.info(STREAMS.failures.name, 'detector-FAILURE');
      if (num_ack_pending === 0 && num_pending === 0) return;
    }
  }
  async function deadOf(seq: number): Promise<JsMsg> {
    const consumer = await nc.jetstream().consumers.get(STREAMS.dead.name);
    for await (const message of await consumer.consume()) if (message.headers?.get('selfheal-seq') === String(seq)) return message;
    throw new Error('the dead-letter stream ended');
  }

  it('opens a heal of a failure, with its trace and all that is known of it', async () => {
    const failure = failureOf({}, { trace_id: aTraceId() });
    await send(failure);
    const { payload, trace_id } = await waitForEvent(nc, 'HEALING_STARTED', heals(failure));
    expect(trace_id).toBe(failure.trace_id);
    expect(payload).toEqual({
      attempt: 1,
      target: 'shop',
      fingerprint: fingerprint(failure, root),
      failure_type: failure.type,
      failure: failure.payload,
      failed_at: expect.stringMatching(/^\d{4}-/),
    });
  });

  it('opens one heal for a thousand repeats, and counts every one', async () => {
    const failure = failureOf();
    await Promise.all(Array.from({ length: 1000 }, () => send(again(failure))));
    const { occurrences } = await untilIncident(failure, (now) => now.occurrences >= 1000);
    expect(await opened(failure)).toHaveLength(1);
    expect(occurrences).toBe(1000);
    expect((await known(failure))?.occurrences).toBe(1000);
  });

  it('opens a heal for each of many incidents that come at once', async () => {
    const failures = Array.from({ length: 20 }, () => failureOf());
    await Promise.all([...failures, ...failures.map(again)].map((failure) => send(failure)));
    for (const failure of failures) expect(await opened(failure)).toHaveLength(1);
  });

  it.each<[string, string, () => unknown]>([
    ['what is not JSON', 'malformed', () => '{"type":'],
    ['what is no failure', 'malformed', () => ({ ...failureOf(), payload: {} })],
    ['an unknown type', 'malformed', () => ({ ...failureOf(), type: 'DROP_TABLE' })],
    ['five megabytes', 'too-large', () => ({ ...failureOf(), ui_hint: 'x'.repeat(5 * 1024 * 1024) })],
    ['an unknown target', 'unknown-target', () => failureOf({ service: 'nowhere' })],
    ['the failure of another service', 'service-mismatch', () => failureOf({ service: 'bank' })],
    [
      'a stack that climbs',
      'stack-outside-target',
      () => failureOf({ error: { name: 'E', message: 'm', stack: `at f (${root}/../../etc/passwd:1:1)` } }),
    ],
    [
      'a stack wholly outside',
      'stack-outside-target',
      () => failureOf({ error: { name: 'E', message: 'm', stack: 'at f (/etc/passwd:1:1)' } }),
    ],
  ])('buries %s as %s, and goes on', async (_, code, event) => {
    const dead = await deadOf(await send(event(), code === 'unknown-target' ? 'failures.nowhere' : 'failures.shop'));
    expect(dead.headers?.get('selfheal-code')).toBe(code);
    expect(dead.headers?.get('selfheal-reason')).not.toBe('');
    const good = failureOf();
    await send(good);
    await waitForEvent(nc, 'HEALING_STARTED', heals(good));
  });

  it('gives a heal a trace of its own when the emitter uses that of an older heal again', async () => {
    const trace_id = aTraceId();
    const [first, second] = [failureOf({}, { trace_id }), failureOf({}, { trace_id })];
    await send(first);
    await waitForEvent(nc, 'HEALING_STARTED', heals(first));
    await send(second);
    const started = await waitForEvent(nc, 'HEALING_STARTED', heals(second));
    expect(started.trace_id).not.toBe(trace_id);
    expect((await known(second))?.trace_id).toBe(started.trace_id);
  });

  it('opens a heal for each of several failures that one trace brought about at once', async () => {
    const trace_id = aTraceId();
    const failures = Array.from({ length: 10 }, () => failureOf({}, { trace_id }));
    await Promise.all(failures.map((failure) => send(failure)));
    const started = (await Promise.all(failures.map(opened))).flat();
    expect(started).toHaveLength(10);
    expect(new Set(started.map((event) => event.trace_id)).size).toBe(10);
    for (const event of started) {
      const failure = failures.find((f) => heals(f)(event));
      expect(failure && (await known(failure))?.trace_id).toBe(event.trace_id);
    }
  });

  it('opens a new heal when the failure comes again after it was healed', async () => {
    const failure = failureOf();
    await send(failure);
    const first = await waitForEvent(nc, 'HEALING_STARTED', heals(failure));
    await say(anEvent('HEALED', {}, { trace: first.trace_id }));
    await untilIncident(failure, ({ status }) => status === 'healed');
    await send(again(failure));
    expect((await opened(failure)).map((event) => event.trace_id)).toEqual([first.trace_id, expect.not.stringMatching(first.trace_id)]);
  });

  it('leaves a failure alone after it was escalated, and counts it', async () => {
    const failure = failureOf();
    await send(failure);
    const first = await waitForEvent(nc, 'HEALING_STARTED', heals(failure));
    await say(anEvent('ESCALATED', {}, { trace: first.trace_id }));
    await untilIncident(failure, ({ status }) => status === 'escalated');
    await send(again(failure));
    expect(await opened(failure)).toHaveLength(1);
    expect(await known(failure)).toMatchObject({ status: 'escalated', escalations: 1, occurrences: 2 });
  });
});
