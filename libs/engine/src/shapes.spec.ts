import { describe, expect, it } from '@jest/globals';
import { nearestNames, similarity } from './names.js';
import { projectOf } from './project.js';
import { awaited, knownKeys, shapeOf } from './shapes.js';

/** The keys of the initialiser of `const probe`. */
function keysOfProbe(text: string, others: Record<string, string> = {}): string[] | undefined {
  const project = projectOf({ revision: '0'.repeat(40), files: new Map(Object.entries({ ...others, 'src/a.ts': text })) });
  const file = project.file('src/a.ts');
  const probe = file?.nodes.find((node) => node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.id.name === 'probe');
  if (!file || probe?.type !== 'VariableDeclarator' || !probe.init) throw new Error('no probe');
  return knownKeys(awaited(shapeOf(project, file, probe.init)));
}

const MODEL = {
  'src/model.ts':
    'export interface Base { id: string }\nexport interface Order extends Base { lines: { price: number }[]; customer: Customer | null }\ntype Customer = { name: string }',
};
const importOrder = "import type { Order } from './model.js';\n";

describe('shapeOf', () => {
  it.each([
    ['a literal', 'const probe = { a: 1, b: 2 };', ['a', 'b']],
    ['a literal with a known spread', 'const x = { a: 1 }; const probe = { ...x, b: 2 };', ['a', 'b']],
    ['an interface and what it extends', `${importOrder}declare const o: Order; const probe = o;`, ['id', 'lines', 'customer']],
    ['a member, null left out', `${importOrder}const f = (o: Order) => { const probe = o.customer; };`, ['name']],
    ['an element', `${importOrder}const f = (o: Order) => { for (const l of o.lines) { const probe = l; } };`, ['price']],
    [
      'a callback’s parameter',
      `${importOrder}const f = (o: Order) => o.lines.filter(Boolean).map((l) => { const probe = l; });`,
      ['price'],
    ],
    ['what a Map holds', `${importOrder}const f = (m: Map<string, Order>) => { const probe = m.get('a'); };`, ['id', 'lines', 'customer']],
    [
      'values spread into a list',
      `${importOrder}const f = (m: Map<string, Order>) => [...m.values()].map((o) => { const probe = o; });`,
      ['id', 'lines', 'customer'],
    ],
    ['what an async function returns', 'async function f() { return { a: 1 }; } const probe = await f();', ['a']],
    ['a schema’s value', 'const S = z.object({ a: z.string() }).extend({ b: z.int() }); const probe = S.parse(x);', ['a', 'b']],
    [
      'a type inferred from a schema',
      'const S = z.object({ a: z.array(z.object({ c: z.int() })) }); const f = (s: z.infer<typeof S>) => { const [probe0] = s.a; const probe = probe0; };',
      ['c'],
    ],
    ['a destructured parameter', `${importOrder}const f = ({ customer }: Order) => { const probe = customer; };`, ['name']],
  ])('knows %s', (_name, text, keys) => {
    expect(keysOfProbe(text, MODEL)).toEqual(keys);
  });

  it.each([
    ['an unknown spread', 'const probe = { a: 1, ...rest() };'],
    ['a schema itself', 'const probe = z.object({ a: z.string() });'],
    ['something untyped', 'const f = (x) => { const probe = x.a; };'],
    ['a cycle', 'const a = b; const b = a; const probe = a;'],
    ['a record', 'const f = (r: Record<string, number>) => { const probe = r; };'],
    ['a class with a parent', 'class A extends B { x = 1 } const probe = new A();'],
  ])('admits not to know %s', (_name, text) => {
    expect(keysOfProbe(text)).toBeUndefined();
  });
});

describe('names', () => {
  it('take style, typos and shared words for likeness', () => {
    expect(similarity('refundAmount', 'refund_amount')).toBeGreaterThan(0.98);
    expect(similarity('expres', 'express')).toBeGreaterThan(0.8);
    expect(similarity('refundTotal', 'refundAmount')).toBeGreaterThan(similarity('refundTotal', 'currency'));
    expect(nearestNames('emial', ['name', 'email', 'emial'])).toEqual([{ name: 'email', score: expect.any(Number) }]);
  });
});
