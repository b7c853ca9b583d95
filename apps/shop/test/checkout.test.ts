import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IdempotencyKeys } from '../src/checkout/idempotency.ts';
import { json, testShop } from './harness.ts';

const address = { street: 'Torstrasse 1', city: 'Berlin', postcode: '10119', country: 'DE' };
const request = { cartId: 'cart_1001', customer: { name: 'Ada', email: 'ada@example.com' }, address, shipping: 'express' };

test('a cart is filled, quoted and checked out', async () => {
  const app = testShop();
  const cart = (await app.inject({ method: 'POST', url: '/api/carts' })).json();
  const url = `/api/carts/${cart.id}`;
  await app.inject({ method: 'POST', url: `${url}/items`, ...json({ productId: 'prd_109', quantity: 2 }) });
  await app.inject({ method: 'POST', url: `${url}/items`, ...json({ productId: 'prd_109' }) });
  await app.inject({ method: 'POST', url: `${url}/items`, ...json({ productId: 'prd_106' }) });
  await app.inject({ method: 'DELETE', url: `${url}/items/prd_106` });
  assert.equal((await app.inject(url)).json().subtotal, 10_200);
  const quote = (await app.inject(`${url}/quote?shipping=express&coupon=SUMMER20`)).json();
  assert.deepEqual([quote.discount, quote.tax, quote.shipping, quote.total], [2040, 1550, 1295, 11_005]);

  const order = await app.inject({ method: 'POST', url: '/api/checkout', ...json({ ...request, cartId: cart.id, coupon: 'SUMMER20' }) });
  assert.equal(order.statusCode, 201);
  assert.equal(order.json().total, quote.total);
  assert.equal((await app.inject(`/api/orders/${order.json().id}`)).json().placedAt, '2026-11-01T10:00:00.000Z');
  assert.equal((await app.inject('/api/products/prd_109')).json().stock, 57);
});

test('one Idempotency-Key is one order, also at the same time', async () => {
  const app = testShop();
  const post = () => app.inject({ method: 'POST', url: '/api/checkout', ...json(request, { 'idempotency-key': 'k1' }) });
  const [first, second] = await Promise.all([post(), post()]);
  const third = await post();
  assert.deepEqual([first.statusCode, second.statusCode, third.statusCode], [201, 201, 201]);
  assert.equal(first.json().id, second.json().id);
  assert.equal(first.json().id, third.json().id);
  assert.equal((await app.inject('/api/products/prd_101')).json().stock, 19);
});

test('a key that was used for another request is refused; without a key a closed cart is', async () => {
  const app = testShop();
  const post = (body: unknown, headers = {}) => app.inject({ method: 'POST', url: '/api/checkout', ...json(body, headers) });
  await post(request, { 'idempotency-key': 'k1' });
  assert.equal((await post({ ...request, shipping: 'standard' }, { 'idempotency-key': 'k1' })).statusCode, 422);
  assert.equal((await post(request)).statusCode, 409);
});

test('work that failed may be tried again under its key', async () => {
  const keys = new IdempotencyKeys();
  await assert.rejects(
    keys.once('k', {}, async () => {
      throw new Error('declined');
    }),
  );
  assert.equal(await keys.once('k', {}, async () => 'paid'), 'paid');
});

test('an address is needed unless the goods are picked up', async () => {
  const app = testShop();
  const bad = await app.inject({ method: 'POST', url: '/api/checkout', ...json({ ...request, address: null }) });
  assert.equal(bad.statusCode, 400);
  const pickup = await app.inject({ method: 'POST', url: '/api/checkout', ...json({ ...request, address: null, shipping: 'pickup' }) });
  assert.equal(pickup.json().shipTo, null);
});
