import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from 'nats';
import { startNats } from './start.js';
import type { Nats } from './types.js';

describe('startNats', () => {
  let dir: string;
  let nats: Nats;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'selfheal-nats-spec-'));
    nats = await startNats({ dir, allowExternal: false });
  });
  afterAll(async () => {
    await nats.stop();
    await rm(dir, { recursive: true, force: true });
  });

  it('answers on the loopback interface with JetStream and messages of 8 MiB', async () => {
    const nc = await connect({ servers: nats.url });
    expect(nc.info).toMatchObject({ jetstream: true, max_payload: 8 * 1024 * 1024 });
    expect(nats.url).toBe(`nats://127.0.0.1:${nats.port}`);
    await nc.close();
  });

  it('keeps what a stream holds, and its port, over kill -9 and restart', async () => {
    const before = await connect({ servers: nats.url });
    const jsm = await before.jetstreamManager();
    await jsm.streams.add({ name: 'KEPT', subjects: ['kept.>'] });
    await before.jetstream().publish('kept.one', 'still here');
    await before.close();

    await nats.kill9?.();
    await expect(connect({ servers: nats.url, maxReconnectAttempts: 0 })).rejects.toThrow();
    await nats.restart();

    const after = await connect({ servers: nats.url });
    const stored = await (await after.jetstreamManager()).streams.getMessage('KEPT', { seq: 1 });
    expect(stored.string()).toBe('still here');
    await after.close();
  });
});
