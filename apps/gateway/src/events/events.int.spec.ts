import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { type AnyHealingEvent, PROBLEM_JSON, patchLog, STREAMS, type StoredEvent } from '@selfheal/contracts';
import { publishProgress } from '@selfheal/messaging';
import { aHealingStarted, anEvent, aTraceId } from '@selfheal/testing';
import type { EventSourceMessage } from 'eventsource-parser';
import fc from 'fast-check';
import { SseClient } from '../testing/sse-client.js';
import { useGateway } from '../testing/use-gateway.js';

jest.setTimeout(60_000);
const gateway = useGateway();
const clients: SseClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.cut();
});

async function listen(path = 'events', last?: string | number): Promise<SseClient> {
  const client = await SseClient.open(`${gateway.url}/api/v1/${path}`, last);
  clients.push(client);
  return client;
}
const position = async (): Promise<number> => (await gateway.broker.manager.streams.info(STREAMS.healing.name)).state.last_seq;
/** Publishes `count` events, one heal each, and gives their trace ids in stream order. */
async function publish(count: number): Promise<string[]> {
  const traces = Array.from({ length: count }, aTraceId);
  for (const trace of traces) await gateway.broker.journal.publish(aHealingStarted({}, { trace }) as AnyHealingEvent);
  return traces;
}
const idOf = ({ id }: EventSourceMessage): number => Number(id);
const storedOf = ({ data }: EventSourceMessage) => JSON.parse(data) as StoredEvent;
const range = (after: number, count: number) => Array.from({ length: count }, (_, i) => after + 1 + i);

describe('GET /api/v1/events', () => {
  it('tells history, then live; `id` is the place in the stream', async () => {
    const before = await position();
    const history = await publish(3);
    const client = await listen();
    const told = (await client.take(before + 3)).slice(before);
    const live = await publish(2);
    told.push(...(await client.take(2)));
    expect(told.map(idOf)).toEqual(range(before, 5));
    expect(told.map(({ event }) => event)).toEqual(Array(5).fill('HEALING_STARTED'));
    expect(told.map((message) => storedOf(message).event.trace_id)).toEqual([...history, ...live]);
    expect(told.map((message) => storedOf(message).seq)).toEqual(told.map(idOf));
  });

  it('is an event stream that caches do not keep', async () => {
    const client = await listen();
    const { headers, status } = client.response;
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('resumes by Last-Event-ID without loss or repeat, wherever the connection is cut', async () => {
    const EVENTS = 200;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: EVENTS - 1 }), { minLength: 1, maxLength: 8 }), async (points) => {
        const before = await position();
        const publishing = publish(EVENTS);
        const told: EventSourceMessage[] = [];
        const last = () => told.at(-1)?.id ?? before;
        for (const cutAt of [...new Set(points)].sort((a, b) => a - b)) {
          const client = await listen('events', last());
          if (cutAt > told.length) told.push(...(await client.take(cutAt - told.length)));
          client.cut();
        }
        const rest = await listen('events', last());
        told.push(...(await rest.take(EVENTS - told.length)));
        rest.cut();
        expect(told.map(idOf)).toEqual(range(before, EVENTS));
        expect(told.map((message) => storedOf(message).event.trace_id)).toEqual(await publishing);
      }),
      { numRuns: 6 },
    );
  });

  it('takes the position as a query parameter too, which a browser can send at its first request', async () => {
    const before = await position();
    await publish(2);
    const client = await listen(`events?last_event_id=${before + 1}`);
    expect((await client.take(1)).map(idOf)).toEqual([before + 2]);
  });

  it('tells everything to a client that has seen another stream', async () => {
    await publish(1);
    const client = await listen('events', (await position()) + 1000);
    expect(idOf((await client.take(1))[0] as EventSourceMessage)).toBe(1);
  });

  it.each(['abc', '-1', '1.5', '99999999999999999999', '1;2'])('refuses the Last-Event-ID %j', async (last) => {
    const { response } = await listen('events', last);
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toContain(PROBLEM_JSON);
  });

  it('says progress lines without an id', async () => {
    const trace = aTraceId();
    const client = await listen('events', await position());
    const told = (async () => {
      for (;;) {
        const message = await client.next();
        if (!message || message.event === 'PATCH_LOG') return message;
      }
    })();
    // Progress is lossy: it is said again until the subscription of a client that has just come is there.
    let heard = false;
    void told.then(() => {
      heard = true;
    });
    while (!heard) {
      publishProgress(gateway.broker.connection, 'rca', trace, 'reading src/app.ts\nand more');
      await gateway.broker.connection.flush();
    }
    const message = await told;
    expect(message?.id).toBeUndefined();
    expect(patchLog.parse(JSON.parse(message?.data ?? ''))).toMatchObject({
      trace_id: trace,
      service: 'rca',
      line: 'reading src/app.ts\nand more',
    });
  });

  it('passes over what is no event of a heal', async () => {
    const before = await position();
    await gateway.broker.jetstream.publish('healing.nonsense', 'not JSON');
    await publish(1);
    const client = await listen('events', before);
    expect((await client.take(1)).map(idOf)).toEqual([before + 2]);
  });

  it('is not held up by a client that does not read', async () => {
    const before = await position();
    const { hostname, port } = new URL(gateway.url);
    const stalled = connect(Number(port), hostname);
    stalled.pause();
    await once(stalled, 'connect');
    stalled.write(`GET /api/v1/events HTTP/1.1\r\nHost: ${hostname}\r\nLast-Event-ID: ${before}\r\n\r\n`);
    const client = await listen('events', before);
    const large = 'x'.repeat(30_000);
    // 12 MB: more than the sockets between take.
    for (let i = 0; i < 400; i++) {
      const stack = { name: 'E', message: 'large', stack: large };
      const failure = { ...aHealingStarted().payload.failure, error: stack };
      await gateway.broker.journal.publish(anEvent('HEALING_STARTED', { failure }) as AnyHealingEvent);
    }
    expect((await client.take(400)).map(idOf)).toEqual(range(before, 400));
    const answer = await fetch(`${gateway.url}/readyz`);
    expect(answer.status).toBe(200);
    stalled.destroy();
  });
});

describe('GET /api/v1/traces/:trace_id/events', () => {
  it('tells one heal only, events and progress', async () => {
    const [mine, other] = [aTraceId(), aTraceId()];
    const say = (trace: string, type: 'RCA_READY' | 'HEALED') =>
      gateway.broker.journal.publish(anEvent(type, {}, { trace }) as AnyHealingEvent);
    await say(mine, 'RCA_READY');
    await say(other, 'RCA_READY');
    const client = await listen(`traces/${mine}/events`);
    const [first] = await client.take(1);
    publishProgress(gateway.broker.connection, 'rca', other, 'not for you');
    publishProgress(gateway.broker.connection, 'rca', mine, 'for you');
    await gateway.broker.connection.flush();
    await say(other, 'HEALED');
    await say(mine, 'HEALED');
    const [line, last] = await client.take(2);
    expect([first, line, last].map((message) => message?.event).sort()).toEqual(['HEALED', 'PATCH_LOG', 'RCA_READY']);
    for (const message of [first, line, last]) expect(message?.data).toContain(mine);
    expect(Number(last?.id ?? line?.id)).toBe(await position());
  });

  it('refuses what is no trace id', async () => {
    const { response } = await listen('traces/latest/events');
    expect(response.status).toBe(400);
  });
});

describe('when the broker restarts', () => {
  it('loses nothing and repeats nothing', async () => {
    const before = await position();
    const client = await listen('events', before);
    await publish(20);
    const told = await client.take(20);
    await gateway.nats.server.kill9?.();
    await gateway.nats.server.restart();
    const after = publish(20);
    told.push(...(await client.take(20)));
    await after;
    expect(told.map(idOf)).toEqual(range(before, 40));
  });

  it('tells a client that came while the broker was away', async () => {
    const before = await position();
    await publish(3);
    await gateway.nats.server.kill9?.();
    const client = await listen('events', before);
    expect(client.response.status).toBe(200);
    await gateway.nats.server.restart();
    expect((await client.take(3)).map(idOf)).toEqual(range(before, 3));
  });
});
