import { describe, expect, it } from '@jest/globals';
import { heal } from '../shared/case.js';
import { missingReturn } from './index.js';

const undefinedItem = {
  error: {
    name: 'ZodError',
    message: 'x',
    issues: [{ path: ['items', 0], message: 'Invalid input: expected object, received undefined' }],
  },
};
const run = (source: string) =>
  heal(missingReturn, { files: { 'a.ts': `app.get('/a', () => {\n${source}\n});\n` }, failure: { ...undefinedItem, route: 'GET /a' } });

describe('missing-return', () => {
  it.each([
    ['a callback', 'return xs.map((x) => { view(x); });', 'return xs.map((x) => { return view(x); });'],
    ['a function whose result is used', 'return { a: f() }; function f() { g(); }', 'return { a: f() }; function f() { return g(); }'],
    ['a function that declares a result', 'return f(); function f(): number { g(); }', 'return f(); function f(): number { return g(); }'],
  ])('returns the last value of %s', (_name, before, after) => {
    expect(run(before).after[0]).toContain(after);
  });

  // https://github.com/jshint/jshint/issues/629 and https://github.com/wazuh/wazuh-api/issues/371
  it.each([
    ['["A", "B"].map(function (s) { s.toLowerCase(); })', '{ return s.toLowerCase(); }'],
    ['arr.reduce(function (a, b) { a.concat(b); })', '{ return a.concat(b); }'],
  ])('returns from the callback of a real bug: %s', (before, after) => {
    expect(run(`return ${before};`).after[0]).toContain(after);
  });

  it.each([
    'return xs.forEach((x) => { view(x); });',
    'return xs.map((x) => { return view(x); });',
    'f(); function f() { g(); }',
    'function f(): void { g(); } return f();',
  ])('leaves alone: %s', (source) => {
    expect(run(source).diagnosis).toBeNull();
  });
});
