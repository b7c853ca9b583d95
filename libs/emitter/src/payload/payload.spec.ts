import { describe, expect, it } from '@jest/globals';
import { failureEvent, MAX_FAILURE_BYTES } from '@selfheal/contracts';
import fc from 'fast-check';
import { z } from 'zod';
import { BodyBuffer } from '../capture/body-buffer.js';
import type { Exchange } from '../capture/exchange.js';
import type { EmitterConfig } from '../emitter.config.js';
import { failureError } from './error.js';
import { failureEventOf, MAX_EVENT_BYTES } from './event.js';
import { issuesFrom } from './issues.js';
import { recordedRequest } from './request.js';
import { relativeStack } from './stack.js';

const config: EmitterConfig = { servers: ['x'], service: 'shop', roots: ['/srv/shop'] };
const stamp = { key: 'k1', traceId: '4bf92f3577b34da6a3ce929d0e0e4736', at: '2026-11-22T10:00:00.000Z' };

function exchange(over: Partial<Exchange> = {}, body = '', response = ''): Exchange {
  const [requestBody, responseBody] = [new BodyBuffer(), new BodyBuffer()];
  requestBody.add(body);
  responseBody.add(response);
  const base = { method: 'GET', url: '/api/returns/1', headers: {}, startedAt: 0, replay: false, status: 500, durationMs: 3 };
  return { ...base, requestBody, responseBody, ...over };
}

describe('relativeStack', () => {
  it('shows no path of the host', () => {
    const stack = [
      'TypeError: boom',
      '    at read (file:///srv/shop/src/orders/mapper.ts:7:25)',
      '    at async Object.<anonymous> (/srv/shop/src/my%20file.ts:1:2)',
      '    at file:///srv/shop/src/server.ts?v=2:3:4',
      '    at async file:///srv/shop/src/top.ts:9:1',
      '    at next (/srv/node_modules/fastify/lib/hooks.js:236:9)',
      '    at other (/home/ada/secret-project/x.js:1:1)',
      '    at process.processTicksAndRejections (node:internal/process/task_queues:104:5)',
      '    at async Promise.all (index 0)',
    ].join('\n');
    expect(relativeStack(stack, ['/srv/shop']).split('\n')).toEqual([
      'TypeError: boom',
      '    at read (src/orders/mapper.ts:7:25)',
      '    at async Object.<anonymous> (src/my file.ts:1:2)',
      '    at src/server.ts:3:4',
      '    at async src/top.ts:9:1',
      '    at next (node_modules/fastify/lib/hooks.js:236:9)',
      '    at other (<external>/x.js:1:1)',
      '    at process.processTicksAndRejections (node:internal/process/task_queues:104:5)',
      '    at async Promise.all (index 0)',
    ]);
  });
});

describe('issuesFrom', () => {
  it('reads zod', () => {
    const result = z.object({ refundAmount: z.number() }).safeParse({});
    expect(issuesFrom(result.error)).toMatchObject([
      { path: ['refundAmount'], code: 'invalid_type', expected: 'number', received: 'undefined' },
    ]);
  });
  it('reads ajv, and Fastify around it', () => {
    const issue = { instancePath: '/items/0', keyword: 'required', params: { missingProperty: 'id' }, message: 'must have id' };
    const wanted = [{ path: ['items', '0', 'id'], code: 'required', message: 'must have id' }];
    expect(issuesFrom({ validation: [issue] })).toEqual(wanted);
    expect(issuesFrom({ errors: [issue] })).toEqual(wanted);
  });
  it('reads the serializer of Fastify', () => {
    expect(issuesFrom(new Error('"total" is required!'))).toMatchObject([{ path: ['total'], code: 'required' }]);
    const mismatch = "The value of '#/properties/order/properties/total' does not match schema definition.";
    expect(issuesFrom(new TypeError(mismatch))).toMatchObject([{ path: ['order', 'total'], code: 'schema' }]);
  });
  it('finds none in other errors', () => expect(issuesFrom(new Error('boom'))).toBeUndefined());
});

describe('failureError', () => {
  it('tells the causes too', () => {
    const error = new Error('outer', { cause: new TypeError('inner') });
    expect(failureError(error, []).stack).toMatch(/Error: outer[\s\S]*Caused by: TypeError: inner/);
  });
  it('takes the paths and the secrets out of messages', () => {
    expect(failureError(new Error('no /srv/shop/data.json for password=hunter22'), ['/srv/shop']).message).toBe(
      'no data.json for password=[REDACTED]',
    );
  });
  it.each([['text'], [null], [undefined], [42], [{ a: 1 }], [Object.create(null)], [Symbol('x')]])(
    'describes %p, which is no error',
    (thrown) => {
      expect(failureError(thrown, []).name).toBe('NonError');
    },
  );
  it('survives an error that throws when it is read', () => {
    const hostile = new Proxy(new Error('x'), {
      get() {
        throw new Error('no');
      },
    });
    expect(failureError(hostile, []).name).toBeTruthy();
  });
});

describe('recordedRequest', () => {
  it('keeps what a replay needs and redacts the rest', () => {
    const headers = {
      host: 'x',
      'content-length': '9',
      authorization: 'Bearer abcdef',
      'content-type': 'application/json',
      'idempotency-key': 'k',
      accept: ['a', 'b'],
    };
    expect(recordedRequest(exchange({ method: 'POST', headers }, '{"a":"b","password":"x"}'))).toEqual({
      method: 'POST',
      path: '/api/returns/1',
      headers: { authorization: '[REDACTED]', 'content-type': 'application/json', 'idempotency-key': 'k', accept: 'a, b' },
      body: '{"a":"b","password":"[REDACTED]"}',
    });
  });
  it.each([
    ['a body that was too long', exchange({ method: 'POST' }, 'x'.repeat(65_537))],
    ['a binary body', exchange({ method: 'POST', headers: { 'content-type': 'image/png' } }, 'x')],
    ['a method without a place in the contract', exchange({ method: 'TRACE' })],
    ['an absolute target', exchange({ url: 'http://evil.example/' })],
    ['a target with two slashes', exchange({ url: '//evil.example/' })],
  ])('is nothing for %s', (_what, value) => expect(recordedRequest(value)).toBeUndefined());
});

describe('failureEventOf', () => {
  it('takes the trace of the request, and leaves the failing request out of the good ones', () => {
    const failing = exchange({ headers: { traceparent: '00-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-00f067aa0ba902b7-01' } });
    const good = [exchange({ status: 200 }), exchange({ status: 200, url: '/api/orders' })];
    const event = failureEventOf({ type: 'RETURN_API_FAILURE', thrown: new Error('x'), exchange: failing, good }, config, stamp);
    expect(event.trace_id).toBe('a'.repeat(32));
    expect(event.payload.recorded.map((r) => r.request.path)).toEqual(['/api/orders']);
  });

  it('stays within the bound of the contract, however much was recorded', () => {
    expect(MAX_EVENT_BYTES).toBeLessThan(MAX_FAILURE_BYTES);
    const good = Array.from({ length: 20 }, (_, i) => exchange({ status: 200, url: `/api/x/${i}` }, '', 'ü'.repeat(30_000)));
    const failing = exchange({ method: 'POST' }, 'ü'.repeat(32_000), 'ü'.repeat(32_000));
    const thrown = Object.assign(new Error('ü'.repeat(100_000)), {
      issues: Array.from({ length: 99 }, () => ({ path: ['ü'.repeat(999)] })),
    });
    const event = failureEventOf({ type: 'FAILURE', thrown, exchange: failing, good }, config, stamp);
    expect(Buffer.byteLength(JSON.stringify(event))).toBeLessThanOrEqual(MAX_EVENT_BYTES);
    expect(failureEvent.safeParse(JSON.parse(JSON.stringify(event))).success).toBe(true);
    expect(event.payload.request?.body).toHaveLength(32_000);
  });

  it('parses with the contract whatever was thrown and requested', () => {
    const anything = fc.record({ thrown: fc.anything(), url: fc.string(), method: fc.string(), body: fc.string(), route: fc.string() });
    const headers = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.array(fc.string())));
    fc.assert(
      fc.property(anything, headers, ({ thrown, url, method, body, route }, h) => {
        const failing = exchange({ url: `/${url}`, method, headers: h }, body, body);
        const good = [exchange({ url, status: 200 }, '', body)];
        const event = failureEventOf({ type: 'FAILURE', thrown, exchange: failing, route, good }, config, stamp);
        failureEvent.parse(JSON.parse(JSON.stringify(event)));
      }),
    );
  });
});
