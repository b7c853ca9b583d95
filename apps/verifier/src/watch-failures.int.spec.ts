import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type FailureEvent, failureSubject } from '@selfheal/contracts';
import { Broker } from '@selfheal/messaging';
import { aFailure, useNats } from '@selfheal/testing';
import { failureRecurs } from './watch-failures.js';

describe('failureRecurs', () => {
  let broker: Broker;
  // Hooks run in the order of their registration: the broker closes before its server stops.
  afterAll(async () => await broker.close());
  const nats = useNats();
  beforeAll(async () => {
    broker = await Broker.connect({ url: nats.url, service: 'verifier' });
  });
  const failure = aFailure();
  const { service, route, error } = failure.payload;
  const watch = (ms: number, signal = new AbortController().signal) =>
    failureRecurs(broker, { service, route, errorName: error.name, type: failure.type }, ms, signal);
  const say = (event: FailureEvent | string) =>
    broker.connection.publish(failureSubject('shop'), typeof event === 'string' ? event : JSON.stringify(event));

  it('says so at once when the failure comes again', async () => {
    const recurs = watch(60_000);
    say(aFailure());
    expect(await recurs).toBe(true);
  });

  it('does not mind other failures, nor what is none', async () => {
    const recurs = watch(200);
    say('{');
    say('{}');
    say(aFailure({ route: 'GET /other' }));
    say(aFailure({ error: { name: 'OtherError', message: 'x' } }));
    say(aFailure({}, { type: 'CONFIG_FAILURE' }));
    expect(await recurs).toBe(false);
  });

  it('ends when the service stops', async () => {
    const stop = new AbortController();
    const recurs = watch(60_000, stop.signal);
    stop.abort(new Error('stopping'));
    await expect(recurs).rejects.toThrow('stopping');
  });
});
