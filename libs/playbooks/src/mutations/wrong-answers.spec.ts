import { describe, expect, it } from '@jest/globals';
import { boundary } from '../boundary/index.js';
import { logic } from '../logic/index.js';
import { heal } from '../shared/case.js';
import { wrongOperator } from '../wrong-operator/index.js';

const wrong = (expected: unknown, actual: unknown, path = '/a') => ({
  route: 'GET /a',
  request: { method: 'GET' as const, path, headers: {} },
  expectation: { status: 200, json: expected as never },
  response: { status: 200, body: JSON.stringify(actual) },
});
const wrap = (body: string) =>
  `app.get('/a', (req) => view(req));\nfunction view(req) { ${body} }\nfunction other() { return 1 - 2 < 3; }\n`;

describe('boundary', () => {
  it.each([
    ['const items = all.slice(0, size - 1); return { items };', 'const items = all.slice(0, size); return { items };'],
    [
      'const from = page * size; return { items: all.slice(from, from + size) };',
      'const from = (page - 1) * size; return { items: all.slice(from, from + size) };',
    ],
    ['const items = all.filter((x) => x.n < max); return { items };', 'const items = all.filter((x) => x.n <= max); return { items };'],
    // https://github.com/filiphsps/commerce/issues/2024: the last page cannot be reached.
    ['const pages = count - 1; return { items: all, pages };', 'const pages = count; return { items: all, pages };'],
    ['return { items: all, pages: Math.floor(all.length / size) };', 'return { items: all, pages: Math.ceil(all.length / size) };'],
  ])('%s', (before, after) => {
    const { after: texts, diagnosis } = heal(boundary, {
      files: { 'a.js': wrap(before) },
      failure: wrong({ items: [1, 2], pages: 2 }, { items: [1], pages: 1 }),
    });
    expect(texts.slice(0, 5)).toContain(wrap(after));
    expect(diagnosis?.confidence).toBeGreaterThan(0.7);
  });
});

describe('wrong-operator', () => {
  it.each([
    [
      'const tax = 1; const total = net + tax + fee; return { total };',
      'const tax = 1; const total = net + tax - fee; return { total };',
      { total: 5 },
      { total: 7 },
    ],
    // HumanEvalFix JavaScript/21.
    [
      'const total = (x - low) / (high + low); return { total };',
      'const total = (x - low) / (high - low); return { total };',
      { total: 1 },
      { total: 0.2 },
    ],
    ['const rate = net / share; return { total: rate };', 'const rate = net * share; return { total: rate };', { total: 5 }, { total: 7 }],
    ['return { total: 1, open: a || b };', 'return { total: 1, open: a && b };', { open: false }, { open: true }],
    ["return { open: state !== 'paid' };", "return { open: state === 'paid' };", { open: false }, { open: true }],
    [
      'let sum = 0; for (const x of xs) sum -= x; return { sum };',
      'let sum = 0; for (const x of xs) sum += x; return { sum };',
      { sum: 3 },
      { sum: -3 },
    ],
  ])('%s', (before, after, expected, actual) => {
    expect(heal(wrongOperator, { files: { 'a.js': wrap(before) }, failure: wrong(expected, actual) }).after.slice(0, 3)).toContain(
      wrap(after),
    );
  });

  it('begins with what the wrong field is made of', () => {
    const body = 'const fee = a - b; const discount = c - d; return { fee, discount };';
    const { after } = heal(wrongOperator, {
      files: { 'a.js': wrap(body) },
      failure: wrong({ fee: 1, discount: 2 }, { fee: 1, discount: 9 }),
    });
    expect(after[0]).toBe(wrap(body.replace('c - d', 'c + d')));
  });

  it('leaves contracts and joined text alone', () => {
    const source = "const S = z.object({ a: z.number().min(1 + 1) });\napp.get('/a', () => S.parse({ a: 'x' + y }));\n";
    expect(heal(wrongOperator, { files: { 'a.js': source }, failure: wrong({ a: 1 }, { a: 2 }) }).diagnosis).toBeNull();
  });
});

describe('logic', () => {
  it.each([
    // SWE-smith async, arg_swap: the arguments are in the other order.
    ['return { first: eachOfLimit(limit, coll) };', 'return { first: eachOfLimit(coll, limit) };'],
    ['return { first: b.localeCompare(a) };', 'return { first: a.localeCompare(b) };'],
    ['return { first: ok ? no : yes };', 'return { first: ok ? yes : no };'],
    ['return { first: pick(low, high) };', 'return { first: pick(high, low) };'],
    ['return { first: true };', 'return { first: false };'],
  ])('%s', (before, after) => {
    const { after: texts, diagnosis } = heal(logic, { files: { 'a.js': wrap(before) }, failure: wrong({ first: 1 }, { first: 2 }) });
    expect(texts).toContain(wrap(after));
    expect(diagnosis?.confidence).toBeLessThan(0.5);
  });

  it.each([boundary, wrongOperator, logic])('$name says nothing when the answer is as expected', (playbook) => {
    expect(
      heal(playbook, { files: { 'a.js': wrap('return { a: b + c < d };') }, failure: wrong({ a: 1 }, { a: 1 }) }).diagnosis?.confidence ??
        0,
    ).toBeLessThan(0.6);
    expect(heal(playbook, { files: { 'a.js': wrap('return b + c;') }, failure: { route: 'GET /a' } }).diagnosis).toBeNull();
  });
});
