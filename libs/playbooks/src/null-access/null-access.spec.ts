import { describe, expect, it } from '@jest/globals';
import { heal } from '../shared/case.js';
import { nullAccess } from './index.js';

const reading = (property: string, value = 'undefined') => ({
  error: { name: 'TypeError', message: `Cannot read properties of ${value} (reading '${property}')` },
});
const one = (source: string, property: string, text: string, value?: string) =>
  heal(nullAccess, { files: { 'src/a.ts': source }, failure: reading(property, value), at: ['src/a.ts', text] });

describe('null-access', () => {
  it('guards a field of an answer and says null', () => {
    const source = 'export const view = (user: { home: { city: string } | null }) => ({ city: user.home.city });\n';
    expect(one(source, 'city', 'city });', 'null').after[0]).toBe(source.replace('user.home.city', 'user.home?.city ?? null'));
  });

  it('drops a `!` that claimed too much', () => {
    const source = 'export const view = (user: User) => ({ city: user.home!.city });\n';
    expect(one(source, 'city', 'city });').after[0]).toBe(source.replace('user.home!.city', 'user.home?.city ?? null'));
  });

  it.each([
    ['text in a template', `const f = (u) => \`\${u.name.first}\`;\n`, 'first', `\`\${u.name?.first ?? ''}\``],
    [
      'a number in a sum',
      'const f = (u: U) => 1 + u.cart.total;\ninterface U { cart: { total: number } }\n',
      'total',
      '1 + (u.cart?.total ?? 0)',
    ],
    ['text that is lowered', 'const f = (u) => u.mail.toLowerCase() === x;\n', 'toLowerCase', "(u.mail?.toLowerCase() ?? '') === x"],
    ['a list that is walked', 'const f = (u) => { for (const i of u.cart.items) g(i); };\n', 'items', 'of u.cart?.items ?? []'],
    ['a computed key', 'const f = (u) => { use(u.rates[code]); };\n', 'code', 'u.rates?.[code]'],
  ])('fits the default to %s', (_name, source, property, after) => {
    expect(
      one(source, property, property)
        .after.slice(0, 2)
        .some((text) => text.includes(after)),
    ).toBe(true);
  });

  it('guards every read of the same object, and the whole object built of it', () => {
    const source = 'const f = (o) => ({ to: { street: o.home.street, city: o.home.city } });\n';
    const { after } = one(source, 'street', 'street,');
    expect(after).toContain('const f = (o) => ({ to: { street: o.home?.street, city: o.home?.city } });\n');
    expect(after).toContain(
      'const f = (o) => ({ to: o ? { street: o.home.street, city: o.home.city } : null });\n'.replace('o ?', 'o.home ?'),
    );
  });

  it('guards as the code next door does', () => {
    const source = `function a(id) {\n  const user = users.get(id);\n  if (!user) throw notFound('user', id);\n  const cart = carts.get(id);\n  return cart.total;\n}\nfunction notFound(what, id) {}\n`;
    expect(one(source, 'total', 'total;').after).toContain(
      source.replace('  return cart', "  if (!cart) throw notFound('cart', id);\n  return cart"),
    );
  });

  it.each([
    ["Cannot destructure property 'a' of 'x.y' as it is undefined.", 'const { a } = x.y;\n', 'const { a } = x.y ?? {};\n'],
    ['x.list is not iterable', 'const all = [...x.list];\n', 'const all = [...x.list ?? []];\n'],
    ["Cannot read property 'b' of null", 'use(x.b);\n', 'use(x?.b);\n'],
  ])('understands %j', (message, source, after) => {
    const wrapped = (text: string) => `export function f(x) {\n  ${text}}\n`;
    const { after: texts } = heal(nullAccess, {
      files: { 'a.ts': wrapped(source) },
      failure: { error: { name: 'TypeError', message } },
      at: ['a.ts', source.includes('x.b') ? 'b);' : source.slice(0, 8)],
    });
    expect(texts).toContain(wrapped(after));
  });

  it('mends the real bugs', () => {
    // https://github.com/lifeomic/axios-fetch/issues/120
    const headers = "const isHeaders = (headers) => headers.constructor.name === 'Headers';\n";
    expect(one(headers, 'name', "name === 'H").after).toContain(headers.replace('constructor.name', 'constructor?.name'));
    // https://github.com/node-influx/node-influx/issues/49
    const influx = 'function writeSeries(series, options) {\n  var query = options.query || {};\n  return query;\n}\n';
    expect(one(influx, 'query', 'query ||').after).toContain(influx.replace('options)', 'options = {})'));
    // Multi-SWE-bench dayjs-1201: the guard goes before the comparison.
    const dayjs = 'proto.diff = function (input) {\n  if (this.$u === input.$u) {\n    return 1;\n  }\n};\n';
    expect(one(dayjs, '$u', '$u) {').after).toContain(dayjs.replace('(this.$u', '(input && this.$u'));
    // BugsJS hessian.js-9: the key needs no conversion.
    const hessian = 'function readObject(key, o) {\n  key = key.toString();\n  o[key] = 1;\n}\n';
    const { after } = one(hessian, 'toString', 'toString', 'null');
    expect(after).toContain('function readObject(key, o) {\n  o[key] = 1;\n}\n');
    expect(after).toContain(hessian.replace('key.toString()', 'String(key)'));
  });

  it.each([
    ['groups by a new key', 'const f = (g, k, x) => {\n  g[k].push(x);\n};\n', 'push', '(g[k] ??= []).push(x)'],
    ['counts in a new row', 'const f = (c, i, j) => {\n  c[i][j] = 1;\n};\n', 'j] = 1', '(c[i] ??= {})[j] = 1'],
    ['goes one step too far', 'const f = (xs) => {\n  for (let i = 0; i <= xs.length; i++) g(xs[i].id);\n};\n', 'id', 'i < xs.length'],
    [
      'reads a misspelt property',
      'const f = (o) => {\n  use(o.items.length);\n  return o.itmes.length;\n};\n',
      'length;',
      'return o.items.length',
    ],
    [
      'returns what it returns for nothing',
      'function f(x) {\n  if (g) return [];\n  const y = x.a;\n  return y;\n}\n',
      'a;',
      'if (x == null) return [];',
    ],
    ['goes on in a loop', 'function f(xs) {\n  for (const x of xs) {\n    g(x.a);\n  }\n}\n', 'a)', 'if (!x) continue;'],
    ['lost its this', 'class A {\n  m(xs) {\n    xs.map(function (x) {\n      return this.k;\n    });\n  }\n}\n', 'k;', 'xs.map((x) =>'],
  ])('%s', (_name, source, at, expected) => {
    expect(one(source, at.replace(/[;)]/g, ''), at).after.join('\n')).toContain(expected);
  });

  it('says nothing of other errors, nor where no such read is', () => {
    expect(heal(nullAccess, { files: { 'a.ts': 'f(x.y);\n' }, failure: { error: { message: 'no' } } }).diagnosis).toBeNull();
    expect(one('use(x.y);\n', 'other', 'use').diagnosis).toBeNull();
  });
});
