import { describe, expect, it } from '@jest/globals';
import { heal } from '../shared/case.js';
import { sequentialAwaits } from './index.js';

const slow = { route: 'GET /a', duration_ms: 900, objective_ms: 300 };
const wrap = (body: string) => `app.get('/a', async () => {\n  ${body}\n});\n`;
const run = (body: string, failure: object = slow) => heal(sequentialAwaits, { files: { 'a.ts': wrap(body) }, failure });

describe('sequential-awaits', () => {
  // https://github.com/vtex/typescript/issues/26
  it('starts together what a loop awaited one by one', () => {
    const before = 'const results = [];\n  for (const thing of things) {\n    results.push(await bar(thing));\n  }\n  return baz(results);';
    expect(run(before).after[0]).toBe(
      wrap('const results = await Promise.all(things.map((thing) => bar(thing)));\n  return baz(results);'),
    );
  });

  it.each([
    [
      'calls in a row',
      'const a = await f();\n  const { b } = await g(1);\n  return a + b;',
      'const [a, { b }] = await Promise.all([f(), g(1)]);\n  return a + b;',
    ],
    [
      'a loop that collects',
      'const out: T[] = [];\n  for (const x of xs) {\n    out.push(await f(x));\n  }\n  return out;',
      'const out: T[] = await Promise.all(xs.map((x) => f(x)));\n  return out;',
    ],
    [
      'a loop that adds',
      'let sum = 0;\n  for (const x of xs.values()) sum += await f(x);\n  return sum;',
      'let sum = 0;\n  for (const value of await Promise.all([...xs.values()].map((x) => f(x)))) sum += value;\n  return sum;',
    ],
    [
      'a loop with more in it',
      'const out = [a];\n  for (const { id } of xs) {\n    const y = await f(id);\n    out.push({ id, y });\n  }\n  return out;',
      'const out = [a];\n  out.push(...(await Promise.all(xs.map(async ({ id }) => {\n    const y = await f(id);\n    return { id, y };\n  }))));\n  return out;',
    ],
  ])('starts together: %s', (_name, before, after) => {
    expect(run(before).after[0]).toBe(wrap(after));
  });

  it.each([
    ['calls that need the one before', 'const a = await f();\n  const b = await g(a);\n  return b;'],
    [
      'a loop that may stop early',
      'const out = [];\n  for (const x of xs) {\n    if (!x) break;\n    out.push(await f(x));\n  }\n  return out;',
    ],
    [
      'a loop that reads what it collects',
      'const out = [];\n  for (const x of xs) {\n    out.push(await f(x, out.length));\n  }\n  return out;',
    ],
    ['a stream', 'for await (const x of xs) out.push(await f(x));'],
  ])('leaves alone %s', (_name, body) => {
    expect(run(body).diagnosis).toBeNull();
  });

  it('speaks only of what was too slow', () => {
    expect(run('const a = await f();\n  const b = await g();', { ...slow, duration_ms: 100 }).diagnosis).toBeNull();
  });
});
