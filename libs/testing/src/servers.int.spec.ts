import { describe, expect, it } from '@jest/globals';
import { healingSubject, STREAMS } from '@selfheal/contracts';
import pg from 'pg';
import { anRcaReady } from './builders/events.js';
import { tmpDir } from './tmp-dir.js';
import { useNats } from './use-nats.js';
import { usePostgres } from './use-postgres.js';
import { expectMessage, waitForEvent } from './wait-for-event.js';

describe('servers for specs', () => {
  const nats = useNats();
  const one = usePostgres();
  const two = usePostgres();

  it('gives each user of Postgres an empty database of its own', async () => {
    expect(new URL(one.url).host).toBe(new URL(two.url).host);
    expect(one.url).not.toBe(two.url);
    const client = new pg.Client({ connectionString: one.url });
    await client.connect();
    const { rows } = await client.query("select count(*)::int as n from pg_tables where schemaname = 'public'");
    await client.end();
    expect(rows).toEqual([{ n: 0 }]);
  });

  it('finds an event of a heal that is in the stream already, and one that comes later', async () => {
    const nc = await nats.connect();
    const jsm = await nc.jetstreamManager();
    await jsm.streams.add({ name: STREAMS.healing.name, subjects: [...STREAMS.healing.subjects] });
    const publish = (event = anRcaReady()) => nc.jetstream().publish(healingSubject(event.trace_id, event.type, 1), JSON.stringify(event));
    const early = anRcaReady({ confidence: 0.25 });
    const late = anRcaReady({ confidence: 0.75 });
    await publish(early);
    expect(await waitForEvent(nc, 'RCA_READY')).toEqual(early);
    const waiting = waitForEvent(nc, 'RCA_READY', (event) => event.payload.confidence > 0.5);
    await publish(late);
    expect(await waiting).toEqual(late);
    await expect(waitForEvent(nc, 'HEALED', () => true, 200)).rejects.toThrow(
      /no HEALED that fits within 200 ms; seen: RCA_READY, RCA_READY/,
    );
  });

  it('sees a plain message that is published after the subscription', async () => {
    const nc = await nats.connect();
    const seen = await expectMessage(nc, 'progress.*', (value) => JSON.stringify(value).includes('second'));
    nc.publish('progress.a', JSON.stringify({ line: 'first' }));
    nc.publish('progress.a', JSON.stringify({ line: 'second' }));
    expect(await seen.message).toEqual({ line: 'second' });
  });

  it('makes directories', async () => {
    expect(await tmpDir()).not.toBe(await tmpDir());
  });
});
