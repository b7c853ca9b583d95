import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { useNats } from '@selfheal/testing';
import { z } from 'zod';
import { Broker } from './broker.js';
import { LearningBoard } from './learning-board.js';

const number = z.number();
let broker: Broker;
// Before the server's own: hooks run in the order of their registration.
afterAll(() => broker?.close());
const nats = useNats();
beforeAll(async () => {
  broker = await Broker.connect({ url: nats.url, service: 'rca' });
});

describe('the learning board', () => {
  it('gives what was written, and nothing for what is not there or has another form', async () => {
    await broker.learning.write('record', 7);
    await expect(broker.learning.read('record', number)).resolves.toBe(7);
    await expect(broker.learning.read('record', z.string())).resolves.toBeUndefined();
    await expect(broker.learning.read('nothing', number)).resolves.toBeUndefined();
  });

  it('never makes a heal fail or wait: a broker that is away has taught nothing', async () => {
    const silent = new LearningBoard(() => new Promise(() => undefined));
    await expect(silent.read('record', number)).resolves.toBeUndefined();
    const broken = new LearningBoard(() => Promise.reject(new Error('no')));
    await expect(broken.read('record', number)).resolves.toBeUndefined();
    await expect(broken.write('record', 1)).rejects.toThrow('no');
  });

  it('is there again after the broker was', async () => {
    await broker.learning.write('record', 8);
    await nats.server.kill9?.();
    await expect(broker.learning.read('record', number)).resolves.toBeUndefined();
    await nats.server.restart();
    let found: number | undefined;
    for (let tries = 0; found === undefined && tries < 50; tries++) found = await broker.learning.read('record', number);
    expect(found).toBe(8);
  });
});
