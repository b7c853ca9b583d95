import { describe, expect, it, jest } from '@jest/globals';
import { durableName, failureEvent, failureSubject, type HealingEvent, STREAMS } from '@selfheal/contracts';
import { headers } from 'nats';
import { faultNamed, useWorld } from './fixtures/use-world.js';

jest.setTimeout(120_000);
const COPIES = 1_000;

describe('a failure that comes again a thousand times while it is being healed', () => {
  const world = useWorld();

  it('is one heal', async () => {
    const fault = faultNamed('renamed-field');
    await world().deploy(fault);
    const opened = world().nextHeal();
    await world().fail(fault);
    const trace = await opened;
    const manager = await world().connection.jetstreamManager();
    const first = await manager.streams.getMessage(STREAMS.failures.name, { last_by_subj: failureSubject('shop') });
    const { trace_id: _, ...event } = failureEvent.parse(first.json());
    const jetstream = world().connection.jetstream();
    const stored = await Promise.all(
      Array.from({ length: COPIES }, (_copy, i) => {
        const h = headers();
        h.set('Nats-Msg-Id', `${event.key}-${i}`);
        return jetstream.publish(failureSubject('shop'), JSON.stringify({ ...event, key: `${event.key}-${i}` }), { headers: h });
      }),
    );
    expect(new Set(stored.map(({ seq }) => seq)).size).toBe(COPIES);
    const end = await world().end(trace);
    expect(end.event.type).toBe('HEALED');

    const last = await manager.streams.getMessage(STREAMS.failures.name, { seq: Math.max(...stored.map(({ seq }) => seq)) });
    // Otherwise the copies would be news of a fault that came back.
    expect(Date.parse(last.timestamp)).toBeLessThan(Date.parse(end.at));
    const detector = durableName('detector', 'FAILURE');
    for (let open = 1; open > 0; ) {
      const info = await manager.consumers.info(STREAMS.failures.name, detector);
      open = info.num_pending + info.num_ack_pending;
    }
    // Every copy has been handled by now, and this event comes after all that it could have led to.
    const other = faultNamed('guest-null-address');
    await world().makeGood();
    await world().deploy(other);
    const next = world().nextHeal();
    await world().fail(other);
    const second = await next;
    const started = world().heard.flatMap(({ event: heard }) =>
      heard.type === 'HEALING_STARTED' ? [heard as HealingEvent<'HEALING_STARTED'>] : [],
    );
    expect(started.map(({ trace_id }) => trace_id)).toEqual([trace, second]);
    expect((await world().end(second)).event.type).toBe('HEALED');
  });
});
