import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Controller, type INestMicroservice, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Ctx, Payload } from '@nestjs/microservices';
import { type HealingEvent, healingSubject, STREAMS } from '@selfheal/contracts';
import { aMorphApplySucceeded, anRcaReady, aTraceId, useNats, waitForEvent } from '@selfheal/testing';
import { headers, type JsMsg, type NatsConnection } from 'nats';
import { Broker } from './broker.js';
import { TerminalError } from './errors.js';
import type { HealContext } from './heal-context.js';
import { Hears } from './hears.decorator.js';
import { JetStreamStrategy } from './jetstream.strategy.js';
import { type Outcome, say } from './outcome.js';
import { RethrowFilter } from './rethrow.filter.js';

const decide = jest.fn<(event: HealingEvent<'RCA_READY'>, ctx: HealContext) => Promise<Outcome[]>>();

@Controller()
class PatcherUnderTest {
  @Hears('RCA_READY')
  patch(@Payload() event: HealingEvent<'RCA_READY'>, @Ctx() ctx: HealContext): Promise<Outcome[]> {
    return decide(event, ctx);
  }
}

@Module({ controllers: [PatcherUnderTest] })
class ModuleUnderTest {}

const succeeded = () => say('MORPH_APPLY_SUCCEEDED', aMorphApplySucceeded().payload);

describe('a Nest service over JetStream', () => {
  const nats = useNats();
  let nc: NatsConnection;
  let running: { app: INestMicroservice; broker: Broker }[] = [];

  const start = async () => {
    const broker = await Broker.connect({ url: nats.url, service: 'patcher' });
    const app = await NestFactory.createMicroservice(ModuleUnderTest, { strategy: new JetStreamStrategy(broker), logger: false });
    app.useGlobalFilters(new RethrowFilter());
    await app.listen();
    running.push({ app, broker });
    return broker;
  };
  const stopAll = async () => {
    for (const { app, broker } of running) {
      await app.close();
      await broker.close();
    }
    running = [];
  };

  beforeEach(async () => {
    nc = await nats.connect();
  });
  afterEach(async () => {
    await stopAll();
    decide.mockReset();
  });

  it('hands the parsed event to the handler, publishes what it returns and acks', async () => {
    decide.mockImplementation(async () => [succeeded()]);
    const broker = await start();
    const event = anRcaReady();
    await broker.journal.publish(event);
    const said = await waitForEvent(nc, 'MORPH_APPLY_SUCCEEDED', (e) => e.trace_id === event.trace_id);
    expect(said.key).toBe(`${event.trace_id}.MORPH_APPLY_SUCCEEDED.1`);
    expect(decide.mock.calls[0]?.[0]).toEqual(event);
  });

  it('does not do work whose outcome is in the stream: a crash came between publishing and acking', async () => {
    const broker = await Broker.connect({ url: nats.url, service: 'patcher' });
    const done = aTraceId();
    await broker.journal.publish(aMorphApplySucceeded({}, { trace: done }));
    await broker.journal.publish(anRcaReady({}, { trace: done }));
    const open = anRcaReady();
    await broker.journal.publish(open);
    await broker.close();
    decide.mockImplementation(async () => [succeeded()]);
    await start();
    await waitForEvent(nc, 'MORPH_APPLY_SUCCEEDED', (e) => e.trace_id === open.trace_id);
    expect(decide.mock.calls.map(([event]) => event.trace_id)).toEqual([open.trace_id]);
  });

  it('delivers again after an error, and the outcome is there once', async () => {
    decide.mockRejectedValueOnce(new Error('the disk is full')).mockImplementation(async () => [succeeded()]);
    const broker = await start();
    const event = anRcaReady();
    await broker.journal.publish(event);
    await waitForEvent(nc, 'MORPH_APPLY_SUCCEEDED', (e) => e.trace_id === event.trace_id);
    expect(decide).toHaveBeenCalledTimes(2);
  });

  it('keeps what cannot be handled in the dead-letter stream, with its reason, and goes on', async () => {
    decide
      .mockRejectedValueOnce(new TerminalError('unknown-target', 'no target is named "nowhere"\nFORGED: line'))
      .mockImplementation(async () => [succeeded()]);
    const broker = await start();
    const bad = anRcaReady();
    const good = anRcaReady();
    await broker.journal.publish(bad);
    const dead = await nextDead(nc);
    expect(dead.headers?.get('selfheal-code')).toBe('unknown-target');
    expect(dead.headers?.get('selfheal-reason')).toBe('no target is named "nowhere" FORGED: line');
    expect(dead.headers?.get('selfheal-subject')).toBe(healingSubject(bad.trace_id, 'RCA_READY', 1));
    await broker.journal.publish(good);
    await waitForEvent(nc, 'MORPH_APPLY_SUCCEEDED', (e) => e.trace_id === good.trace_id);
  });

  it('gives each message to one of two replicas, and both together say every outcome once', async () => {
    decide.mockImplementation(async () => [succeeded()]);
    const broker = await start();
    await start();
    const events = Array.from({ length: 30 }, () => anRcaReady());
    await Promise.all(events.map((event) => broker.journal.publish(event)));
    for (const event of events) await waitForEvent(nc, 'MORPH_APPLY_SUCCEEDED', (e) => e.trace_id === event.trace_id);
    expect(new Set(decide.mock.calls.map(([event]) => event.trace_id)).size).toBe(30);
  });

  it('goes on by itself after the broker was killed and came back', async () => {
    decide.mockImplementation(async () => [succeeded()]);
    const broker = await start();
    await nats.server.kill9?.();
    await nats.server.restart();
    const event = anRcaReady();
    await broker.journal.publish(event);
    await waitForEvent(await nats.connect(), 'MORPH_APPLY_SUCCEEDED', (e) => e.trace_id === event.trace_id, 60_000);
  }, 90_000);

  it('makes streams and consumers again when the broker comes back without them', async () => {
    decide.mockImplementation(async () => [succeeded()]);
    const broker = await start();
    for (const { name } of Object.values(STREAMS)) await broker.manager.streams.delete(name);
    await nats.server.restart();
    const event = anRcaReady();
    const back = await nats.connect();
    await untilStream(back);
    await broker.journal.publish(event);
    await waitForEvent(back, 'MORPH_APPLY_SUCCEEDED', (e) => e.trace_id === event.trace_id, 30_000);
  }, 60_000);

  it('redelivers a message whose service was stopped before it was done', async () => {
    let entered: () => void = () => undefined;
    const working = new Promise<void>((resolve) => {
      entered = resolve;
    });
    decide.mockImplementationOnce((_event, ctx) => {
      entered();
      return new Promise((_, reject) => ctx.signal.addEventListener('abort', () => reject(ctx.signal.reason), { once: true }));
    });
    const broker = await start();
    const event = anRcaReady();
    await broker.journal.publish(event);
    await working;
    await stopAll();
    decide.mockImplementation(async () => [succeeded()]);
    await start();
    await waitForEvent(nc, 'MORPH_APPLY_SUCCEEDED', (e) => e.trace_id === event.trace_id);
  });

  it('carries CloudEvents attributes in binary mode', async () => {
    const broker = await Broker.connect({ url: nats.url, service: 'rca' });
    const event = anRcaReady();
    await broker.journal.publish(event);
    const stored = await broker.manager.streams.getMessage(STREAMS.healing.name, {
      last_by_subj: healingSubject(event.trace_id, 'RCA_READY', 1),
    });
    const h = stored.header ?? headers();
    expect(Object.fromEntries(['ce-specversion', 'ce-type', 'ce-source', 'ce-id'].map((key) => [key, h.get(key)]))).toEqual({
      'ce-specversion': '1.0',
      'ce-type': 'RCA_READY',
      'ce-source': 'selfheal/rca',
      'ce-id': event.key,
    });
    await broker.close();
  });

  it('buries what is no event at all without calling the handler', async () => {
    decide.mockImplementation(async () => [succeeded()]);
    await start();
    const trace = aTraceId();
    const { seq } = await nc.jetstream().publish(healingSubject(trace, 'RCA_READY', 1), '{"type":"RCA_READY","payload":{}}');
    const dead = await nextDead(nc, (m) => m.headers?.get('selfheal-seq') === String(seq));
    expect(dead.headers?.get('selfheal-code')).toBe('malformed');
    expect(decide.mock.calls.map(([event]) => event.trace_id)).not.toContain(trace);
  });
});

/** Streams announce themselves in JetStream's advisories; one may be there before we listen. */
async function untilStream(nc: NatsConnection): Promise<void> {
  const created = nc.subscribe('$JS.EVENT.ADVISORY.STREAM.CREATED.HEALING', { max: 1 });
  const manager = await nc.jetstreamManager();
  if (await manager.streams.info(STREAMS.healing.name).catch(() => undefined)) return;
  for await (const _ of created) return;
}

async function nextDead(nc: NatsConnection, accept: (message: JsMsg) => boolean = () => true): Promise<JsMsg> {
  const consumer = await nc.jetstream().consumers.get(STREAMS.dead.name);
  for await (const message of await consumer.consume()) if (accept(message)) return message;
  throw new Error('the dead-letter stream ended');
}
