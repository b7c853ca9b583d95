import assert from 'node:assert/strict';
import { test } from 'node:test';
import { json, testShop } from './harness.ts';

const create = (app: ReturnType<typeof testShop>, body: unknown) => app.inject({ method: 'POST', url: '/api/returns', ...json(body) });

test('the refund is what was paid with its tax, less the restocking fee', async () => {
  const ret = (await testShop().inject('/api/returns/ret_1001')).json();
  // 4900 - 10 % = 4410; + 19 % tax = 5248; - 10 % of 4410 = 441
  assert.equal(ret.refundAmount, 4807);
  assert.equal(ret.restockingFee, 441);
});

test('a defective product costs no fee', async () => {
  const ret = (await testShop().inject('/api/returns/ret_1002')).json();
  assert.deepEqual([ret.refundAmount, ret.restockingFee], [3332, 0]);
});

test('a return is opened and read back', async () => {
  const app = testShop();
  const body = { orderId: 'ord_1003', reason: 'wrong_size', items: [{ productId: 'prd_111', quantity: 2 }] };
  const created = await create(app, body);
  assert.equal(created.statusCode, 201);
  assert.equal(created.json().restockingFee, 990);
  assert.deepEqual((await app.inject(`/api/returns/${created.json().id}`)).json(), created.json());
});

test('goods go back once, only goods of the order, only when it was sent', async () => {
  const app = testShop();
  const item = (productId: string, quantity: number) => [{ productId, quantity }];
  const from = (orderId: string, items: unknown) => create(app, { orderId, reason: 'defective', items });
  assert.equal((await from('ord_1001', item('prd_101', 2))).statusCode, 409);
  assert.equal((await from('ord_1001', item('prd_112', 1))).statusCode, 400);
  assert.equal((await from('ord_1002', item('prd_104', 1))).statusCode, 409);
  assert.equal((await from('ord_9999', item('prd_104', 1))).statusCode, 404);
});
