import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type HealingEventType, heardBy, SERVICES, STREAMS } from '@selfheal/contracts';
import { Collector, type Span } from './fixtures/collector.js';
import { faultNamed, type Said, useWorld } from './fixtures/use-world.js';

jest.setTimeout(120_000);

describe('the trace of a heal', () => {
  let collector: Collector;
  const world = useWorld(async () => {
    collector = await Collector.start();
    return { env: collector.env };
  });
  afterAll(() => collector?.close());

  let trace: string;
  let said: Said[];
  let spans: Span[];
  const spanIdIn = (traceparent: string | undefined) => traceparent?.split('-')[2];
  const handled = ({ service, attributes }: Span) =>
    `${service} #${attributes['messaging.message.id']} ${attributes['selfheal.event.type']}`;
  /** Every service that the pipeline table lets hear an event of this heal handles it once. */
  const expected = () =>
    said.flatMap(({ seq, what }) => {
      const type = what.split('.')[0] as HealingEventType;
      return SERVICES.filter((service) => heardBy(service).includes(type)).map((service) => `selfheal-${service} #${seq} ${type}`);
    });
  const ofStream = (stream: string) => spans.filter((span) => span.attributes['messaging.destination.name'] === stream);

  beforeAll(async () => {
    const fault = faultNamed('returns-schema-mismatch');
    await world().deploy(fault);
    const opened = world().nextHeal();
    await world().fail(fault);
    trace = await opened;
    expect((await world().end(trace)).event.type).toBe('HEALED');
    said = await world().said(trace);
    const wanted = expected();
    spans = await collector.trace(trace, (some) => wanted.every((one) => some.some((span) => handled(span) === one)));
  });

  it('has the id that the events carry, and a span of every service that took part', () => {
    const services = ['detector', 'rca', 'patcher', 'guardrail', 'deployer', 'verifier', 'coordinator'].map((name) => `selfheal-${name}`);
    expect([...new Set(spans.map(({ service }) => service))].sort()).toEqual(services.sort());
    expect(spans.every(({ traceId }) => traceId === trace)).toBe(true);
  });

  it('has one span for each event that a service handles', () => {
    expect(ofStream(STREAMS.healing.name).map(handled).sort()).toEqual(expected().sort());
  });

  it('hangs each span below the one that published the event it handles', () => {
    const ids = new Set(spans.map(({ spanId }) => spanId));
    const publisher = new Map(said.map(({ seq, headers }) => [String(seq), spanIdIn(headers?.get('traceparent'))]));
    for (const span of ofStream(STREAMS.healing.name)) {
      expect({ span: handled(span), parent: span.parentSpanId }).toEqual({
        span: handled(span),
        parent: publisher.get(String(span.attributes['messaging.message.id'])),
      });
      expect(ids.has(span.parentSpanId ?? '')).toBe(true);
    }
  });

  it('begins with the failure, below the request that failed in the shop', async () => {
    const ids = new Set(spans.map(({ spanId }) => spanId));
    const roots = spans.filter(({ parentSpanId }) => !parentSpanId || !ids.has(parentSpanId));
    expect(roots.map(({ service, name }) => [service, name])).toEqual([['selfheal-detector', 'process FAILURE']]);
    const manager = await world().connection.jetstreamManager();
    const failure = await manager.streams.getMessage(STREAMS.failures.name, { seq: Number(roots[0]?.attributes['messaging.message.id']) });
    expect(roots[0]?.parentSpanId).toBe(spanIdIn(failure.header.get('traceparent')));
  });

  it('has no failed span, and says what each handled by the conventions for messaging', () => {
    const ERROR = 2;
    for (const span of spans) {
      expect(span.status.code).not.toBe(ERROR);
      expect(span.attributes).toMatchObject({
        'messaging.system': 'nats',
        'messaging.operation.type': 'process',
        'messaging.destination.name': expect.stringMatching(/^(HEALING|FAILURES)$/),
        'messaging.message.id': expect.stringMatching(/^\d+$/),
        'selfheal.event.type': expect.any(String),
        'selfheal.attempt': 1,
      });
    }
  });
});
