import { describe, expect, it } from '@jest/globals';
import { Sources } from '../work-tree/sources.js';
import { type MemoryRecord, NO_MEMORY, remember } from './memory.js';
import { type Occasion, recall } from './recall.js';

const FINGERPRINT = 'a'.repeat(64);
const fixed = (before: string, after: string, path = 'sum.js', fingerprint = FINGERPRINT): Omit<MemoryRecord, 'at'> => ({
  fingerprints: [fingerprint],
  playbook: null,
  template: 'off-by-one',
  outcome: 'proven',
  path,
  fix: { kind: 'expression', before, after },
});
const memoryOf = (...lessons: Omit<MemoryRecord, 'at'>[]) => remember(NO_MEMORY, lessons, '2026-01-02T03:04:05.000Z');

/** Everything is suspicious, unless told. */
const occasion = (texts: Record<string, string>, more: Partial<Occasion> = {}): Occasion => {
  const sources = new Sources(new Map(Object.entries(texts)));
  const files = Object.keys(texts).flatMap((path) => sources.file(path) ?? []);
  return { fingerprints: [FINGERPRINT], sources, files, suspicion: () => 1, editable: () => true, ...more };
};
const patches = (memory: ReturnType<typeof memoryOf>, of: Occasion) => recall(memory, of).map(({ patch }) => [...patch.values()].join());

describe('what is recalled for a failure', () => {
  const memory = memoryOf(fixed('i <= list.length', 'i < list.length'));

  it('is the fix of the same failure, when its old code is there again, whatever was done to the white space', () => {
    const [first, ...more] = recall(memory, occasion({ 'sum.js': 'f();\nfor (let i = 0; i<=list.length; i++) g(i); // keep\n' }));
    expect(more).toEqual([]);
    expect(first).toMatchObject({ origin: 'learned', template: 'off-by-one', path: 'sum.js', line: 2 });
    expect(first?.patch.get('sum.js')).toMatch(/^f\(\);\nfor \(let i = 0; i\s?<\s?list\.length; i\+\+\) g\(i\); \/\/ keep\n$/);
    expect(first?.playbook).toBeUndefined();
  });

  it('is nothing when the code has another shape', () => {
    expect(recall(memory, occasion({ 'sum.js': 'for (let i = 0; i < list.length; i++) g(i);' }))).toEqual([]);
  });

  it('puts the same failure before others, and its own file before others', () => {
    const other = fixed('a + 1', 'a - 1', 'x.js', 'b'.repeat(64));
    const texts = { 'x.js': 'a + 1;', 'more.js': 'i <= list.length;', 'sum.js': 'i <= list.length;' };
    const both = memoryOf(fixed('i <= list.length', 'i < list.length'), other);
    expect(recall(both, occasion(texts)).map(({ path }) => path)).toEqual(['sum.js', 'more.js', 'x.js']);
  });

  it('is nothing at places that no failing test executes, but for the very file of the same failure', () => {
    const texts = { 'sum.js': 'i <= list.length;', 'more.js': 'i <= list.length;' };
    expect(recall(memory, occasion(texts, { suspicion: () => 0 })).map(({ path }) => path)).toEqual(['sum.js']);
    expect(recall(memory, occasion(texts, { suspicion: () => 0, fingerprints: [] }))).toEqual([]);
  });

  it('has what repeated fixes have in common, in the words of the place', () => {
    const guards = memoryOf(
      fixed('req.session.user', 'req.session && req.session.user', 'a.js', 'b'.repeat(64)),
      fixed('res.locals.view', 'res.locals && res.locals.view', 'b.js', 'c'.repeat(64)),
    );
    expect(patches(guards, occasion({ 'c.js': 'use(app.cache.key);' }))).toEqual(['use(app.cache && app.cache.key);']);
  });

  it('makes no shape of one fix that was made twice in one place', () => {
    const twice = memoryOf(
      fixed('req.session.user', 'req.session && req.session.user'),
      fixed('req.session.user', 'req.session && req.session.user'),
    );
    expect(recall(twice, occasion({ 'c.js': 'use(app.cache.key);' }))).toEqual([]);
  });

  it('is never what breaks a guardrail, or a file that may not be edited', () => {
    const hostile = memoryOf(fixed('i <= n', "require('child_process').execSync('id')"));
    expect(recall(hostile, occasion({ 'sum.js': 'i <= n;' }))).toEqual([]);
    expect(recall(memory, occasion({ 'sum.js': 'i <= list.length;' }, { editable: () => false }))).toEqual([]);
  });

  it('is nothing in a file whose text is not that of the base', () => {
    const other = new Sources(new Map([['sum.js', 'i <= list.length;']]));
    const files = [other.file('sum.js')].filter((file) => file !== undefined);
    expect(recall(memoryOf(fixed('i <= list.length', 'i < list.length', 'x.js')), occasion({ 'sum.js': 'broken(' }, { files }))).toEqual(
      [],
    );
  });

  it('leaves out what failed or was rejected', () => {
    const failed = memoryOf({ ...fixed('i <= n', 'i < n'), outcome: 'failed' });
    expect(recall(failed, occasion({ 'sum.js': 'i <= n;' }))).toEqual([]);
  });

  it('is little, however much is known and wherever it fits', () => {
    const many = Array.from({ length: 500 }, (_, i) =>
      fixed(`call${i}(a, b${i}) + ${i}`, `call${i}(b${i}, a) + ${i}`, `f${i}.js`, 'd'.repeat(64)),
    );
    const recalled = recall(memoryOf(...many), occasion({ 'sum.js': 'call499(a, b499) + 499;\n'.repeat(100) }));
    expect(recalled.length).toBeGreaterThan(12);
    expect(recalled.length).toBeLessThanOrEqual(36);
  });
});
