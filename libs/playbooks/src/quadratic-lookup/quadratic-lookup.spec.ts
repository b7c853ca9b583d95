import { describe, expect, it } from '@jest/globals';
import { heal } from '../shared/case.js';
import { quadraticLookup } from './index.js';

const slow = { route: 'GET /a', duration_ms: 900, objective_ms: 300 };
const wrap = (body: string) => `app.get('/a', async () => {\n  ${body}\n});\n`;
const run = (body: string, path = 'a.js') => heal(quadraticLookup, { files: { [path]: wrap(body) }, failure: slow });

describe('quadratic-lookup', () => {
  it.each([
    [
      // The change of github.com/TriliumNext/Notes/pull/873 and github.com/vuejs/devtools/pull/140: Set.has instead of includes.
      'a list asked for membership',
      'const ids = load();\n  return notes.filter((note) => !ids.includes(note.id));',
      'const ids = load();\n  const idsSet = new Set(ids);\n  return notes.filter((note) => !idsSet.has(note.id));',
    ],
    [
      // github.com/webpack/copy-webpack-plugin/issues/100: indexOf over a list that the loop itself fills.
      'a list that the loop fills, searched by indexOf',
      'const seen = [];\n  for (const x of xs) {\n    if (seen.indexOf(x) === -1) {\n      seen.push(x);\n    }\n  }\n  return seen;',
      'const seen = [];\n  const seenSet = new Set(seen);\n  for (const x of xs) {\n    if (!seenSet.has(x)) {\n      seen.push(x);\n      seenSet.add(x);\n    }\n  }\n  return seen;',
    ],
    [
      'the same without braces',
      'const seen = [];\n  for (const x of xs) if (!seen.includes(x)) seen.push(x);\n  return seen;',
      'const seen = [];\n  const seenSet = new Set(seen);\n  for (const x of xs) if (!seenSet.has(x)) seen.push(x), seenSet.add(x);\n  return seen;',
    ],
    [
      'a join of two lists: of equal keys the first stays',
      'return orders.map((o) => ({ ...o, customer: db.customers.find((c) => c.id === o.customerId) }));',
      'const customersById = new Map([...db.customers].reverse().map((c) => [c.id, c]));\n  return orders.map((o) => ({ ...o, customer: customersById.get(o.customerId) }));',
    ],
    [
      'whether one is there',
      'for (const o of orders) if (paid.some((p) => o.id === p.orderId)) done(o);',
      'const paidOrderIds = new Set(paid.map((p) => p.orderId));\n  for (const o of orders) if (paidOrderIds.has(o.id)) done(o);',
    ],
    [
      'groups',
      'return users.map((u) => posts.filter((p) => p.author === u.id));',
      'const postsByAuthor = new Map();\n  for (const p of posts) {\n    const group = postsByAuthor.get(p.author);\n    if (group) group.push(p);\n    else postsByAuthor.set(p.author, [p]);\n  }\n  return users.map((u) => (postsByAuthor.get(u.id) ?? []));',
    ],
  ])('builds an index once: %s', (_name, before, after) => {
    expect(run(before).after[0]).toBe(wrap(after));
  });

  it.each([
    ['a search outside any loop', 'return ids.includes(1);'],
    ['a text', "const text = 'abc';\n  return xs.filter((x) => text.includes(x));"],
    ['a list of the loop', 'for (const x of xs) {\n    const ys = f(x);\n    if (ys.includes(1)) g();\n  }'],
    ['a list that shrinks in the loop', 'for (const x of xs) {\n    if (left.includes(x)) left.pop();\n  }'],
    ['a comparison of any sort', 'return xs.map((x) => ys.find((y) => y.a > x.a));'],
    ['a comparison with effects', 'return xs.map((x) => ys.find((y) => y.a === next()));'],
  ])('leaves alone %s', (_name, body) => {
    expect(run(body).diagnosis).toBeNull();
  });
});
