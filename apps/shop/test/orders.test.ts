import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testShop } from './harness.ts';

test('orders of a customer come newest first, whatever the case of the mail address', async () => {
  const list = (await testShop().inject('/api/orders?customer=ADA@example.com')).json();
  assert.deepEqual(
    list.orders.map((order: { id: string }) => order.id),
    ['ord_1002', 'ord_1001'],
  );
});

test('a guest without an address is an order like any other', async () => {
  const order = (await testShop().inject('/api/orders/ord_1004')).json();
  assert.equal(order.shipTo, null);
  assert.equal(order.total, 9996);
});

test('the parcels of an order are tracked together', async () => {
  const started = performance.now();
  const { parcels } = (await testShop().inject('/api/orders/ord_1003/tracking')).json();
  assert.equal(parcels.length, 6);
  assert.ok(performance.now() - started < 600, 'the carrier is asked once for all, not one after the other');
});

test('an order is cancelled with an empty body, twice is once, and never after it was sent', async () => {
  const app = testShop();
  const cancel = (id: string) =>
    app.inject({ method: 'POST', url: `/api/orders/${id}/cancel`, headers: { 'content-type': 'application/json' }, payload: '' });
  assert.equal((await cancel('ord_1002')).json().status, 'cancelled');
  assert.equal((await cancel('ord_1002')).statusCode, 200);
  assert.equal((await app.inject('/api/products/prd_104')).json().stock, 36);
  assert.equal((await cancel('ord_1003')).statusCode, 409);
});
