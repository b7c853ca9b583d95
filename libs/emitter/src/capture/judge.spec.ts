import { describe, expect, it } from '@jest/globals';
import { BodyBuffer } from './body-buffer.js';
import type { Exchange } from './exchange.js';
import { GoodRing } from './good-ring.js';
import { judge } from './judge.js';

const over = (fields: Partial<Exchange>): Exchange => ({
  method: 'GET',
  url: '/api/orders/1',
  headers: {},
  requestBody: new BodyBuffer(),
  responseBody: new BodyBuffer(),
  startedAt: 0,
  replay: false,
  status: 200,
  durationMs: 10,
  ...fields,
});
const ROUTE = 'GET /api/orders/:id';

describe('judge', () => {
  it('a 5xx is a failure, with what was thrown', () => {
    const thrown = new Error('boom');
    expect(judge(over({ status: 500, thrown }), ROUTE, undefined)).toMatchObject({
      verdict: 'failed',
      failure: { type: 'ORDER_API_FAILURE', thrown },
    });
  });
  it('a 5xx without an error is still a failure', () => {
    expect(judge(over({ status: 503 }), ROUTE, undefined)).toMatchObject({
      failure: { thrown: { name: 'HttpError', message: `${ROUTE} answered 503` } },
    });
  });
  it('an error that was answered with 4xx is none', () => {
    expect(judge(over({ status: 404, thrown: new Error('no such order') }), ROUTE, undefined)).toEqual({ verdict: 'ignored' });
  });
  it('slower than the objective is a failure that says what to expect', () => {
    expect(judge(over({ durationMs: 900 }), ROUTE, 500)).toMatchObject({
      failure: { type: 'ORDER_LATENCY_FAILURE', expectation: { max_ms: 500 }, objectiveMs: 500 },
    });
    expect(judge(over({ durationMs: 900, responseType: 'text/event-stream' }), ROUTE, 500).verdict).toBe('good');
  });
  it('a 2xx GET is good; nothing else is', () => {
    expect(judge(over({}), ROUTE, 500).verdict).toBe('good');
    expect(judge(over({ method: 'POST' }), ROUTE, 500).verdict).toBe('ignored');
    expect(judge(over({ status: 302 }), ROUTE, 500).verdict).toBe('ignored');
  });
  it('our own replays, and what was reported already, are neither', () => {
    expect(judge(over({ replay: true, status: 500 }), ROUTE, 1).verdict).toBe('ignored');
    expect(judge(over({ reported: true, status: 500 }), ROUTE, 1).verdict).toBe('ignored');
  });
});

describe('GoodRing', () => {
  it('keeps the last of each route, and twenty routes', () => {
    const ring = new GoodRing();
    for (let i = 0; i < 25; i++) ring.add(`GET /r${i}`, over({ url: `/r${i}` }));
    ring.add('GET /r10', over({ url: '/r10?again' }));
    const urls = ring.all().map((exchange) => exchange.url);
    expect(urls).toHaveLength(20);
    expect(urls.at(-1)).toBe('/r10?again');
    expect(urls).not.toContain('/r4');
  });
});

describe('BodyBuffer', () => {
  it('joins what came in pieces, also inside a character', () => {
    const body = new BodyBuffer();
    for (const byte of Buffer.from('grün')) body.add(Buffer.from([byte]));
    expect(body.text('text/plain')).toBe('grün');
  });
  it('forgets a body that is too long', () => {
    const body = new BodyBuffer();
    body.add('x'.repeat(65_536));
    expect(body.text(undefined)).toHaveLength(65_536);
    body.add('x');
    expect(body.text(undefined)).toBeUndefined();
  });
});
