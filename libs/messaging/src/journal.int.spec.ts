import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anRcaReady, aTraceId, useNats } from '@selfheal/testing';
import { Events } from 'nats';
import { Broker } from './broker.js';

describe('HealJournal on a real JetStream', () => {
  const nats = useNats();
  let broker: Broker;
  beforeAll(async () => {
    broker = await Broker.connect({ url: nats.url, service: 'rca' });
  });
  afterAll(() => broker.close());

  it('stores an outcome once: the second is told that it exists, and the first stands', async () => {
    const trace = aTraceId();
    expect(await broker.journal.publish(anRcaReady({ confidence: 0.9 }, { trace }))).toBe('stored');
    expect(await broker.journal.publish(anRcaReady({ confidence: 0.1 }, { trace }))).toBe('exists');
    expect((await broker.journal.find(trace, 'RCA_READY', 1))?.event.payload).toMatchObject({ confidence: 0.9 });
  });

  it('lets exactly one of many at once win', async () => {
    const trace = aTraceId();
    const results = await Promise.all(Array.from({ length: 20 }, () => broker.journal.publish(anRcaReady({}, { trace }))));
    expect(results.filter((r) => r === 'stored')).toHaveLength(1);
  });

  it('takes the next attempt as another outcome', async () => {
    const trace = aTraceId();
    await broker.journal.publish(anRcaReady({}, { trace }));
    expect(await broker.journal.publish(anRcaReady({ attempt: 2 }, { trace }))).toBe('stored');
  });

  it('finds nothing where nothing was said', async () => {
    expect(await broker.journal.find(aTraceId(), 'HEALED', 1)).toBeUndefined();
  });

  it('survives a restart of the broker: what was stored is there, and stays unique', async () => {
    const event = anRcaReady();
    await broker.journal.publish(event);
    await nats.server.restart();
    expect(await broker.journal.publish(event)).toBe('exists');
    expect((await broker.journal.find(event.trace_id, 'RCA_READY', 1))?.event).toEqual(event);
  });

  it('lets go of a broker that is away, rather than wait for it for ever', async () => {
    const other = await Broker.connect({ url: nats.url, service: 'rca' });
    const away = (async () => {
      for await (const { type } of other.connection.status()) if (type === Events.Disconnect) return;
    })();
    await nats.server.stop();
    await away;
    await other.close();
    expect(other.connection.isClosed()).toBe(true);
  });
});
