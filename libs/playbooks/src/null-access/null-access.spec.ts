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

  it('says nothing of other errors, nor where no such read is', () => {
    expect(heal(nullAccess, { files: { 'a.ts': 'f(x.y);\n' }, failure: { error: { message: 'no' } } }).diagnosis).toBeNull();
    expect(one('use(x.y);\n', 'other', 'use').diagnosis).toBeNull();
  });
});
