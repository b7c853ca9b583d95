import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testShop } from './harness.ts';

test('the pages of the catalogue hold every product once', async () => {
  const app = testShop();
  const pages = await Promise.all([1, 2, 3].map((page) => app.inject(`/api/products?page=${page}&size=5`)));
  const ids = pages.flatMap((page) => page.json().items.map((item: { id: string }) => item.id));
  assert.equal(ids.length, 12);
  assert.equal(new Set(ids).size, 12);
  assert.equal(ids[0], 'prd_101');
  assert.equal(pages[2]?.json().pages, 3);
});

test('a category narrows the list', async () => {
  const page = (await testShop().inject('/api/products?category=lighting')).json();
  assert.equal(page.total, 3);
});

test('a product tells its stock', async () => {
  const product = (await testShop().inject('/api/products/prd_108')).json();
  assert.equal(product.stock, 55);
  assert.equal(product.currency, 'EUR');
});

test('search finds words in any order, names first', async () => {
  const found = (await testShop().inject('/api/products/search?q=linen%20lamp')).json();
  assert.deepEqual(
    found.items.map((item: { id: string }) => item.id),
    ['prd_102'],
  );
});

test('what does not exist is a 404, what makes no sense a 400 that names the field', async () => {
  const app = testShop();
  assert.equal((await app.inject('/api/products/prd_999')).statusCode, 404);
  assert.equal((await app.inject('/nowhere')).statusCode, 404);
  const bad = await app.inject('/api/products?page=0');
  assert.equal(bad.statusCode, 400);
  assert.match(bad.json().details[0], /^page:/);
});
