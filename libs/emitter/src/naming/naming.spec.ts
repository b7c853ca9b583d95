import { describe, expect, it } from '@jest/globals';
import { FAILURE_TYPE } from '@selfheal/contracts';
import fc from 'fast-check';
import { failureType } from './failure-type.js';
import { guessRoute } from './route.js';
import { singular } from './singular.js';
import { traceIdOf } from './trace.js';

describe('failureType', () => {
  it.each([
    ['GET /api/returns/:id', 'RETURN_API_FAILURE'],
    ['GET /api/orders', 'ORDER_API_FAILURE'],
    ['POST /api/carts/:id/items', 'ITEM_API_FAILURE'],
    ['GET /api/orders/:id/tracking', 'TRACKING_API_FAILURE'],
    ['GET /v2/product-categories/{id}', 'PRODUCT_CATEGORY_API_FAILURE'],
    ['GET /api/giftCards/*', 'GIFT_CARD_API_FAILURE'],
    ['GET /healthz', 'HEALTHZ_API_FAILURE'],
    ['GET /2fa', 'R2FA_API_FAILURE'],
    ['GET /reports-2024', 'REPORTS2024_API_FAILURE'],
    ['GET /api/v1/:id', 'ROOT_API_FAILURE'],
    ['GET /', 'ROOT_API_FAILURE'],
  ])('%s is %s', (route, type) => expect(failureType(route, 'API')).toBe(type));

  it('names what is slow by the same rule', () => expect(failureType('GET /api/orders/:id', 'LATENCY')).toBe('ORDER_LATENCY_FAILURE'));

  it('is a failure type of the contract whatever the route is', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (path) => {
        const type = failureType(`GET /${path}`, 'API');
        return FAILURE_TYPE.test(type) && type.length <= 128;
      }),
    );
  });
});

describe('singular', () => {
  it.each([
    ['returns', 'return'],
    ['categories', 'category'],
    ['addresses', 'address'],
    ['boxes', 'box'],
    ['status', 'status'],
    ['statuses', 'status'],
    ['address', 'address'],
    ['purchases', 'purchase'],
    ['branches', 'branch'],
    ['gas', 'gas'],
  ])('%s → %s', (many, one) => expect(singular(many)).toBe(one));
});

describe('guessRoute', () => {
  it.each([
    ['/api/orders/1042?x=1', 'GET /api/orders/:id'],
    ['/api/orders/ord_1042/tracking', 'GET /api/orders/:id/tracking'],
    ['/users/7b2e8f52-33c8-4c3f-9f0a-1b2c3d4e5f60', 'GET /users/:id'],
    ['/blobs/deadbeefdeadbeefdeadbeef', 'GET /blobs/:id'],
    ['/v1/products/search', 'GET /v1/products/search'],
    ['?x', 'GET /'],
  ])('%s → %s', (url, route) => expect(guessRoute('GET', url)).toBe(route));
});

describe('traceIdOf', () => {
  const id = '4bf92f3577b34da6a3ce929d0e0e4736';
  it('reads a valid traceparent', () => {
    expect(traceIdOf(`00-${id}-00f067aa0ba902b7-01`)).toBe(id);
    expect(traceIdOf(`01-${id}-00f067aa0ba902b7-01-more`)).toBe(id);
  });
  it.each([
    undefined,
    'nonsense',
    `ff-${id}-00f067aa0ba902b7-01`,
    `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
    `00-${id}-${'0'.repeat(16)}-01`,
    `00-${id.toUpperCase()}-00f067aa0ba902b7-01`,
  ])('refuses %s', (value) => expect(traceIdOf(value)).toBeUndefined());
});
