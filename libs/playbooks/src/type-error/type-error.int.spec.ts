/** Every codemod against the real compiler: it reports the error, the codemod mends it, the compiler is content. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { applyEdits } from '@selfheal/engine';
import { snapshotOf } from '../shared/case.js';
import { typeDiagnostics, typeErrorFixes } from './index.js';

jest.setTimeout(60_000);

const tsc = join(process.cwd(), 'node_modules/typescript/bin/tsc');
const FLAGS = '--noEmit --strict --noUncheckedIndexedAccess --target es2022 --module nodenext --moduleResolution nodenext --types'.split(
  ' ',
);
const SHARED = `export interface Order { id: string; total: number; tags: string[]; note: string | null }
export const money = (n: number) => n.toFixed(2);
export const load = async (id: string): Promise<Order> => ({ id, total: 1, tags: [], note: null });
export type Id = string;
`;

/** [name, code, before, after, edited file when it is not the one that fails] */
const CASES: [string, number, string, string][] = [
  ['a misspelt member', 2551, 'export const n = (s: string) => s.toUpperCas();', 'export const n = (s: string) => s.toUpperCase();'],
  ['a misspelt variable', 2552, 'const total = 1;\nexport const a = totl + 1;', 'const total = 1;\nexport const a = total + 1;'],
  [
    'a misspelt property of a literal',
    2561,
    "import type { Order } from './shared.js';\nexport const o: Partial<Order> = { totl: 1 };",
    "import type { Order } from './shared.js';\nexport const o: Partial<Order> = { total: 1 };",
  ],
  [
    'a misspelt import',
    2724,
    "import { mony } from './shared.js';\nexport const a = mony(1);",
    "import { money as mony } from './shared.js';\nexport const a = mony(1);",
  ],
  [
    'a misspelt literal',
    2820,
    "export const a: 'pending' | 'cancelled' = 'canceled';",
    "export const a: 'pending' | 'cancelled' = 'cancelled';",
  ],
  ['a missing import', 2304, 'export const a = money(1);', "import { money } from './shared.js';\nexport const a = money(1);"],
  [
    'a missing import of a type, beside another import',
    2304,
    "import { money } from './shared.js';\nexport const f = (o: Order) => money(o.total);",
    "import { money } from './shared.js';\nimport type { Order } from './shared.js';\nexport const f = (o: Order) => money(o.total);",
  ],
  [
    'a number given as text',
    2345,
    "import { money } from './shared.js';\nexport const a = money('3');",
    "import { money } from './shared.js';\nexport const a = money(3);",
  ],
  [
    'text where a number is wanted',
    2322,
    'export const f = (s: string) => { const n: number = s; return n; };',
    'export const f = (s: string) => { const n: number = Number(s); return n; };',
  ],
  [
    'a number where text is wanted',
    2322,
    'export function f(n: number): string {\n  return n;\n}',
    'export function f(n: number): string {\n  return String(n);\n}',
  ],
  [
    'what may be undefined',
    2322,
    'export const f = (m: Map<string, string>): string => m.get("a");',
    'export const f = (m: Map<string, string>): string => m.get("a") ?? \'\';',
  ],
  [
    'an object that may be undefined',
    2532,
    'export const f = (a: { b: number }[]) => a[0].b;',
    'export const f = (a: { b: number }[]) => a[0]?.b;',
  ],
  // github.com/commontoolsinc/labs/pull/3193: "Adds optional chaining so it compiles. Our TS types must have gotten stricter".
  ['a name that may be undefined', 18048, 'export const f = (a?: { b: number }) => a.b;', 'export const f = (a?: { b: number }) => a?.b;'],
  [
    'a path that may be null',
    18047,
    'export const f = (a: { b: { c: number } | null }) => a.b.c;',
    'export const f = (a: { b: { c: number } | null }) => a.b?.c;',
  ],
  [
    'a function that may be undefined',
    2722,
    'export const f = (g?: () => number) => g();',
    'export const f = (g?: () => number) => g?.();',
  ],
  ['a number that may be undefined', 18048, 'export const f = (n?: number) => n + 1;', 'export const f = (n?: number) => (n ?? 0) + 1;'],
  [
    'a missing property',
    2741,
    "import type { Order } from './shared.js';\nexport const o: Order = { id: 'a', total: 1, note: null };",
    "import type { Order } from './shared.js';\nexport const o: Order = { id: 'a', total: 1, note: null, tags: [] };",
  ],
  [
    'several missing properties',
    2739,
    "import type { Order } from './shared.js';\nexport const f = (total: number): Order => {\n  return { id: 'a', tags: [] };\n};",
    "import type { Order } from './shared.js';\nexport const f = (total: number): Order => {\n  return { id: 'a', tags: [], total, note: null };\n};",
  ],
  [
    'await in a function that is not async',
    1308,
    "import { load } from './shared.js';\nexport function f(id: string): string {\n  const o = await load(id);\n  return o.id;\n}",
    "import { load } from './shared.js';\nexport async function f(id: string): Promise<string> {\n  const o = await load(id);\n  return o.id;\n}",
  ],
  [
    'a promise where its value is wanted',
    2345,
    "import { load, money } from './shared.js';\nconst total = async () => (await load('a')).total;\nexport const f = async () => money(total());",
    "import { load, money } from './shared.js';\nconst total = async () => (await load('a')).total;\nexport const f = async () => money(await total());",
  ],
  [
    'a missing argument',
    2554,
    'const add = (a: number, b: number) => a + b;\nexport const f = (b: number) => add(1);',
    'const add = (a: number, b: number) => a + b;\nexport const f = (b: number) => add(1, b);',
  ],
  [
    'an argument that may be left out',
    2554,
    'function add(a: number, b: number) {\n  return a + b;\n}\nexport const s = add(1);',
    'function add(a: number, b: number = 0) {\n  return a + b;\n}\nexport const s = add(1);',
  ],
  [
    'an argument too many',
    2554,
    'const one = (a: number) => a;\nexport const s = one(1, 2);',
    'const one = (a: number) => a;\nexport const s = one(1);',
  ],
];

let dir: string;
let reported: ReturnType<typeof typeDiagnostics>;
const pathOf = (i: number) => `case${i}.ts`;
const before = Object.fromEntries([['shared.ts', SHARED], ...CASES.map(([, , text], i) => [pathOf(i), text])]) as Record<string, string>;

async function check(files: Readonly<Record<string, string>>, folder: string, more: readonly string[] = []): Promise<string> {
  const root = join(dir, folder);
  for (const [path, text] of Object.entries({ ...files, 'package.json': '{"type":"module"}' })) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return await new Promise((resolve) => {
    const names = Object.keys(files).filter((path) => path.endsWith('.ts'));
    execFile(process.execPath, [tsc, ...FLAGS, '', ...more, ...names], { cwd: root }, (_error, stdout) => resolve(stdout));
  });
}

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'selfheal-types-'));
  reported = typeDiagnostics(await check(before, 'before'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

describe('type errors', () => {
  it.each(CASES.map((each, i) => [...each, i] as const))('mends %s (TS%i)', (_name, code, _text, after, i) => {
    const diagnostic = reported.find(({ path }) => path === pathOf(i));
    expect(diagnostic).toMatchObject({ code });
    const [best] = diagnostic ? typeErrorFixes(diagnostic, snapshotOf(before)) : [];
    const [path, edits] = Object.entries(best?.edits ?? {})[0] ?? ['', []];
    expect(applyEdits(before[path] ?? '', edits)).toBe(after);
  });

  it('leaves a compiler that is content', async () => {
    const mended = Object.fromEntries([['shared.ts', SHARED], ...CASES.map(([, , , after], i) => [pathOf(i), after])]);
    expect(await check(mended, 'after')).toBe('');
  });

  it('reads the pretty form alike', async () => {
    const pretty = typeDiagnostics(await check(before, 'pretty', ['--pretty']));
    expect(pretty.map(({ path, line, column, code }) => [path, line, column, code])).toEqual(
      reported.map(({ path, line, column, code }) => [path, line, column, code]),
    );
  });

  it('knows nothing of codes and places that no codemod knows', () => {
    const files = snapshotOf({ 'a.ts': 'export const a = (x) => x;' });
    const at = { path: 'a.ts', line: 1, column: 19, message: "Parameter 'x' implicitly has an 'any' type." };
    expect(typeErrorFixes({ ...at, code: 7006 }, files)).toEqual([]);
    expect(typeErrorFixes({ ...at, code: 2551, line: 99 }, files)).toEqual([]);
    expect(typeErrorFixes({ ...at, code: 2551, path: '../etc/passwd' }, files)).toEqual([]);
  });
});
