import { describe, expect, it } from '@jest/globals';
import { failurePayload } from '@selfheal/contracts';
import { applyEdits, OPERATORS } from '@selfheal/engine';
import { candidatesOf, MAX_CANDIDATES } from '../shared/candidates.js';
import { snapshotOf } from '../shared/case.js';
import { sceneOf } from '../shared/scene.js';
import { KIND_OPERATORS, type Kind } from './kinds.js';
import { asProposal, searchMutations } from './search.js';

const KINDS: readonly Kind[] = ['logic', 'operator', 'boundary'];
const failure = () =>
  failurePayload.parse({
    service: 'shop',
    route: 'GET /a',
    error: { name: 'ExpectationFailed', message: 'wrong' },
    expectation: { status: 200, json: { total: 3 } },
    response: { status: 200, body: '{"total":5}' },
  });
const sceneIn = (source: string) => sceneOf({ failureType: 'FAILURE', failure: failure(), sources: snapshotOf({ 'a.js': source }) });
const sums = (n: number) => Array.from({ length: n }, (_, i) => `const n${i} = req.a - req.b * ${i + 3};`).join('\n  ');

describe('searchMutations', () => {
  it('gives the best of all kinds, each change once, and no more than a guardrail would try', () => {
    const found = searchMutations(sceneIn(`app.get('/a', (req) => {\n  ${sums(30)}\n  return { total: n1 + n2 };\n});\n`), KINDS);
    expect(found).toHaveLength(60);
    expect(new Set(found.map(({ kind }) => kind))).toEqual(new Set(KINDS));
    expect(new Set(found.map(({ edits }) => JSON.stringify(edits))).size).toBe(60);
    expect(found.map(({ score }) => score)).toEqual(found.map(({ score }) => score).sort((a, b) => b - a));
  });

  it('changes the suspects only, and no contract', () => {
    const source = [
      'const S = z.object({ n: z.number().min(1 + 1).max(9 - 2).transform((n) => n < 3) });',
      "app.get('/a', (req) => { const total = z.number().max(5 - 1).parse(req.n) + req.m; return { total }; });",
      'function other(a, b) { return a < b ? a - 1 : b - 1; }',
    ].join('\n');
    const found = searchMutations(sceneIn(source), KINDS);
    const texts = found.map(({ edits }) => applyEdits(source, edits).split('\n'));
    expect(texts.some((lines) => lines[1]?.includes('- req.m'))).toBe(true);
    expect(texts.filter((lines) => lines[0] !== source.split('\n')[0] || lines[2] !== source.split('\n')[2])).toEqual([]);
    expect(texts.filter((lines) => !lines[1]?.includes('max(5 - 1)'))).toEqual([]);
  });

  it('searches a handler of 3,000 lines by its most suspicious places', () => {
    const scene = sceneIn(`app.get('/a', (req) => {\n  ${sums(3000)}\n  const total = req.x + req.y;\n  return { total };\n});\n`);
    const began = performance.now();
    const found = searchMutations(scene, KINDS);
    expect(performance.now() - began).toBeLessThan(5000);
    expect(found[0]?.summary).toContain('req.x + req.y');
  });

  it('makes candidates of the first only, the same as of all', () => {
    const scene = sceneIn(`app.get('/a', (req) => {\n  ${sums(30)}\n  return { total: n1 + n2 };\n});\n`);
    const proposals = searchMutations(scene, KINDS).map(asProposal);
    const candidates = candidatesOf(proposals, scene.sources);
    expect(candidates).toHaveLength(MAX_CANDIDATES);
    expect(candidates.map(({ score }) => score)).toEqual(proposals.slice(0, MAX_CANDIDATES).map(({ score }) => score));
  });
});

describe('KIND_OPERATORS', () => {
  it('are the engine’s, so that a renamed one is not lost', () => {
    const names = new Set(OPERATORS.map(({ name }) => name));
    expect(KINDS.map((kind) => KIND_OPERATORS[kind].length)).toEqual([15, 5, 2]);
    expect(KINDS.flatMap((kind) => KIND_OPERATORS[kind].map(({ name }) => name)).filter((name) => !names.has(name))).toEqual([]);
  });
});
