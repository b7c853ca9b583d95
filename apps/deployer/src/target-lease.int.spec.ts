import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Broker } from '@selfheal/messaging';
import { aTraceId, useNats } from '@selfheal/testing';
import { TargetLease } from './target-lease.js';

describe('TargetLease', () => {
  let brokers: Broker[] = [];
  // Hooks run in the order of their registration: brokers close before the server stops.
  afterAll(async () => {
    await Promise.all(brokers.map((broker) => broker.close()));
  });
  const nats = useNats();
  let one: TargetLease;
  let two: TargetLease;
  let target: string;
  const [mine, theirs] = [aTraceId(), aTraceId()];
  const never = new AbortController().signal;

  beforeAll(async () => {
    brokers = await Promise.all([1, 2].map(() => Broker.connect({ url: nats.url, service: 'deployer' })));
    [one, two] = brokers.map((broker) => new TargetLease(broker)) as [TargetLease, TargetLease];
    await Promise.all([one.onModuleInit(), two.onModuleInit()]);
  });
  beforeEach(() => {
    target = `target-${aTraceId()}`;
  });

  it('is held by one heal, over all replicas', async () => {
    expect(await one.take(target, mine)).toEqual({ taken: true });
    expect(await two.take(target, theirs)).toEqual({ taken: false, holder: mine });
  });

  it('stays with the heal that has it: a redelivered event takes it again', async () => {
    await one.take(target, mine);
    expect(await two.take(target, mine)).toEqual({ taken: true });
  });

  it('is for one target: another is free', async () => {
    await one.take(target, mine);
    expect(await one.take(`${target}-2`, theirs)).toEqual({ taken: true });
  });

  it('goes to exactly one of many that ask at once', async () => {
    const traces = Array.from({ length: 20 }, () => aTraceId());
    const results = await Promise.all(traces.map((trace, i) => (i % 2 ? one : two).take(target, trace)));
    expect(results.filter(({ taken }) => taken)).toHaveLength(1);
    const winner = traces[results.findIndex(({ taken }) => taken)];
    for (const result of results) if (!result.taken) expect(result.holder).toBe(winner);
  });

  it('wakes who waits for it when it is released', async () => {
    await one.take(target, mine);
    const woken = two.changed(target, never);
    await one.release(target, mine);
    await woken;
    expect(await two.take(target, theirs)).toEqual({ taken: true });
  });

  it('does not let wait for what was released before one began to wait', async () => {
    await one.take(target, mine);
    await one.release(target, mine);
    await expect(two.changed(target, never)).resolves.toBeUndefined();
  });

  it('lets nobody wait for what never was', async () => {
    const wait = new AbortController();
    const waiting = two.changed(target, wait.signal);
    wait.abort();
    await expect(waiting).resolves.toBeUndefined();
  });

  it('ends a wait when the service stops', async () => {
    await one.take(target, mine);
    const stop = new AbortController();
    const waiting = two.changed(target, stop.signal);
    stop.abort();
    await expect(waiting).resolves.toBeUndefined();
    await expect(two.changed(target, AbortSignal.abort())).resolves.toBeUndefined();
  });

  it('is released only by its holder', async () => {
    await one.take(target, mine);
    await two.release(target, theirs);
    expect(await two.take(target, theirs)).toEqual({ taken: false, holder: mine });
  });

  it('may be released twice', async () => {
    await one.take(target, mine);
    await Promise.all([one.release(target, mine), two.release(target, mine)]);
    await one.release(target, mine);
    expect(await two.take(target, theirs)).toEqual({ taken: true });
  });
});
