import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { aDigest, aFailure } from '@selfheal/testing';
import { fingerprint } from './fingerprint.js';

const ROOT = '/srv/shop';
const stack = (frames = ['toReturn (/srv/shop/src/returns/returns.ts:21:11)', 'handle (/srv/shop/src/app.ts:5:3)']) =>
  `TypeError: no\n${frames.map((frame) => `    at ${frame}`).join('\n')}`;
const failure = (message: string, { route = 'GET /orders/:id', service = 'shop', name = 'TypeError', at = stack() } = {}) =>
  aFailure({ service, route, error: { name, message, stack: at } });
const of = (event: ReturnType<typeof failure>) => fingerprint(event, ROOT);

const BASE = failure("order 17 of user 3 has no price: Cannot read properties of undefined (reading 'price')");

describe('fingerprint', () => {
  it('is a SHA-256', () => expect(of(BASE)).toMatch(/^[0-9a-f]{64}$/));

  it('is the same for a thousand orders, users, ids, hashes and values', () => {
    const message = (i: number) =>
      `order ord_${i}x${i} of user "u ${i}" (${randomUUID()}, ${aDigest(`${i}`)}) costs ${i}.${i % 90} at line ${i}: failed`;
    const all = new Set(Array.from({ length: 1000 }, (_, i) => of(failure(message(i + 1)))));
    expect(all.size).toBe(1);
  });

  it('does not depend on lines, on the request, on the time, nor on frames outside the target', () => {
    const frames = [
      'JSON.parse (<anonymous>)',
      'toReturn (/srv/shop/src/returns/returns.ts:99:1)',
      'next (/srv/shop/node_modules/koa/index.js:1:1)',
      'handle (file:///srv/shop/src/app.ts:7:7)',
      'start (/usr/lib/other.js:1:1)',
      'emit (node:events:1:1)',
    ];
    const again = failure(BASE.payload.error.message, { at: stack(frames) });
    expect(of({ ...again, trace_id: 'ab'.repeat(16), timestamp: '2027-01-01T00:00:00.000Z' })).toBe(of(BASE));
    expect(of({ ...BASE, payload: { ...BASE.payload, request: undefined, recorded: [] } })).toBe(of(BASE));
  });

  it.each([
    ['route', failure(BASE.payload.error.message, { route: 'POST /orders' })],
    ['target', failure(BASE.payload.error.message, { service: 'bank' })],
    ['error name', failure(BASE.payload.error.message, { name: 'RangeError' })],
    ['property that is read', failure(BASE.payload.error.message.replace("'price'", "'sku'"))],
    ['function', failure(BASE.payload.error.message, { at: stack(['toOrder (/srv/shop/src/returns/returns.ts:21:11)']) })],
    ['file', failure(BASE.payload.error.message, { at: stack(['toReturn (/srv/shop/src/orders.ts:21:11)']) })],
    ['failure type', { ...BASE, type: 'CONFIG_FAILURE' }],
  ])('is another for another %s', (_, other) => {
    expect(of(other)).not.toBe(of(BASE));
  });

  it('cannot be made equal by moving text from one field to the next', () => {
    expect(of(failure('b', { name: 'Ea' }))).not.toBe(of(failure('ab', { name: 'E' })));
  });

  it('does not slow down on hostile messages and stacks', () => {
    const started = performance.now();
    for (const unit of ["'", '"', 'a-', '0', '-_', 'f', ' ', '1.']) {
      of(failure(unit.repeat(8192 / unit.length), { at: `at ${unit.repeat(32_000 / unit.length)}` }));
    }
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
