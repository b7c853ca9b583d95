import { describe, expect, it } from '@jest/globals';
import { type RankedMutation, replace, SourceFile } from '@selfheal/engine';
import type { TestRun } from '../oracle/oracle.js';
import { Frontier } from './frontier.js';

const file = new SourceFile('a.js', 'let a = 1 + 2;\nlet b = 3 - 4;\nlet c = 5 * 6;\n');
const files = new Map([[file.path, file]]);
const test = (id: string, state: 'passed' | 'failed') => ({ id, state });
const base: TestRun = { outcome: 'failed', ms: 1, tests: [test('x', 'failed'), test('y', 'failed')] };

const mutate = (from: string, to: string, score: number): RankedMutation => {
  const start = file.text.indexOf(from);
  return {
    operator: 'wrong-operator',
    summary: `${to} for ${from}`,
    path: file.path,
    edits: [replace({ start, end: start + 1 }, to)],
    node: file.nodeAt(start) ?? file.program,
    weight: 1,
    score,
  };
};
const singles = [mutate('+', '-', 0.9), mutate('-', '+', 0.5), mutate('*', '/', 0.1)];
const frontier = () => new Frontier({ base, singles, files, repeat: () => [] });
const changed = (texts: Iterable<{ patch: ReadonlyMap<string, string> }>) =>
  [...texts].map(({ patch }) => patch.get('a.js')?.replace(/[^-+*/]/g, ''));

describe('what is tried next', () => {
  it('is single mutations by rank when nothing helps', () => {
    expect(changed(frontier())).toEqual(['--*', '++*', '+-/']);
  });

  it('is what mended a test together with others, as soon as it did', () => {
    const search = frontier();
    const tried: (string | undefined)[] = [];
    for (const candidate of search) {
      tried.push(...changed([candidate]));
      const mended = candidate.mutations?.length === 1 && tried.length === 1;
      const run: TestRun = { outcome: 'failed', ms: 1, tests: [test('x', mended ? 'passed' : 'failed'), test('y', 'failed')] };
      search.learn({ candidate, verdict: mended ? 'better' : 'no', run, order: tried.length });
    }
    expect(tried).toEqual(['--*', '-+*', '++*', '--/', '+-/']);
  });

  it('is never one place changed twice', () => {
    const search = frontier();
    for (const candidate of search) {
      search.learn({ candidate, verdict: 'better', run: { outcome: 'failed', ms: 1, tests: [test('x', 'passed')] }, order: 0 });
      const places = (candidate.mutations ?? []).map(({ node }) => node.start);
      expect(new Set(places).size).toBe(places.length);
    }
  });
});
