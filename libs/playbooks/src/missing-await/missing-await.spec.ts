import { describe, expect, it } from '@jest/globals';
import { heal } from '../shared/case.js';
import { missingAwait } from './index.js';

const STOCK =
  'export async function level(id: string): Promise<number> { return 1; }\nexport const later = (): Promise<{ a: number }> => fetchIt();\n';
const route = (body: string, head = 'async (req) =>') =>
  `import { later, level } from './stock.js';\napp.get('/stock/:id', ${head} {\n  ${body}\n});\n`;
const run = (body: string, head?: string) =>
  heal(missingAwait, { files: { 'src/stock.ts': STOCK, 'src/routes.ts': route(body, head) }, failure: { route: 'GET /stock/:id' } });

describe('missing-await', () => {
  it.each([
    ['in a variable', 'const n = level(req.params.id);\n  return { n };', 'const n = await level(req.params.id);\n  return { n };'],
    ['in a field', 'return { n: level(req.params.id) };', 'return { n: await level(req.params.id) };'],
    ['as an object', 'return { a: later().a };', 'return { a: (await later()).a };'],
    ['as a condition', 'if (level(1)) return 1;', 'if (await level(1)) return 1;'],
    ['destructured', 'const { a } = later();\n  return a;', 'const { a } = await later();\n  return a;'],
  ])('awaits a promise that is used %s', (_name, before, after) => {
    const { diagnosis, after: texts } = run(before);
    expect(texts[0]).toBe(route(after));
    expect(diagnosis?.confidence).toBeGreaterThan(0.8);
  });

  it('makes the function around async when it is not', () => {
    expect(run('return { n: level(1) };', '(req) =>').after[0]).toBe(route('return { n: await level(1) };', 'async (req) =>'));
  });

  // https://github.com/microsoft/TypeScript/pull/32922: the promise of a variable is used as its value; a test prints the error alone.
  it('awaits where a test fails, without a route', () => {
    const source =
      'async function load(url) {\n  return [url];\n}\nexport async function first(url) {\n  const result = load(url);\n  return result.map((x) => x);\n}\n';
    const failure = { error: { name: 'TypeError', message: 'result.map is not a function' } };
    const { after } = heal(missingAwait, { files: { 'src/a.js': source }, failure, at: ['src/a.js', 'map('] });
    expect(after[0]).toBe(source.replace('= load', '= await load'));
  });

  it('takes a dropped promise for less likely', () => {
    expect(run('level(1);\n  return 2;').diagnosis?.confidence).toBeLessThan(0.5);
  });

  it.each([
    'return level(1);',
    'const n = await level(1); return { n };',
    'const p = level(1); return { n: await p };',
    'const [a] = await Promise.all([level(1)]); return { a };',
    'void level(1);',
    'return later().then((x) => ({ a: x.a }));',
    'const all = []; all.push(level(1)); return Promise.all(all);',
    'return Promise.all(ids.map((id) => level(id)));',
  ])('leaves alone: %s', (body) => {
    expect(run(body).diagnosis).toBeNull();
  });
});
