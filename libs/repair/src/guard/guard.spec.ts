import { describe, expect, it } from '@jest/globals';
import { asDiff, objectionsTo } from './guard.js';

const base = new Map([
  ['a.js', 'const a = 1;\nconst b = 2;\nexport { a, b };\n'],
  ['b.js', 'export const c = 3;\n'],
  ['package-lock.json', '{\n  "lockfileVersion": 3\n}\n'],
  ['many.js', Array.from({ length: 80 }, (_, i) => `export const n${i} = ${i};`).join('\n')],
]);
const anywhere = () => true;
const objections = (patch: Record<string, string>, editable = anywhere as (path: string) => boolean, playbook?: string) =>
  objectionsTo(asDiff(new Map(Object.entries(patch)), base), editable, playbook);

describe('a patch as a diff', () => {
  it('has what changed and nothing else', () => {
    const { diff, files } = asDiff(new Map([...base, ['a.js', 'const a = 1;\nconst b = 3;\nexport { a, b };\n']]), base);
    expect(files.map(({ path }) => path)).toEqual(['a.js']);
    expect(diff).toContain('--- a/a.js\n+++ b/a.js\n');
    expect(diff.split('\n').filter((line) => /^[-+][^-+]/.test(line))).toEqual(['-const b = 2;', '+const b = 3;']);
  });

  it('makes a file that was not there', () => {
    const { diff, files } = asDiff(new Map([['new.js', 'export const d = 4;\n']]), base);
    expect(files).toEqual([{ path: 'new.js', before: null, after: 'export const d = 4;\n' }]);
    expect(diff).toContain('--- /dev/null');
  });
});

describe('the guardrails', () => {
  it('let a small fix through', () => {
    expect(objections({ 'a.js': 'const a = 1;\nconst b = 3;\nexport { a, b };\n' })).toEqual([]);
  });

  it.each([
    ['a file that may not be edited', { 'b.js': 'export const c = 4;\n' }, /^b\.js may not be edited/],
    ['a rewrite', { 'many.js': (base.get('many.js') ?? '').replaceAll(' = ', ' = -') }, /^max_loc/],
    ['a file that does not parse', { 'a.js': 'const a = ;\n' }, /^syntax/],
    ['evaluating text', { 'a.js': `${base.get('a.js')}eval(a);\n` }, /^no_dangerous_ops/],
    ['a swallowed error', { 'a.js': `${base.get('a.js')}try { a(); } catch {}\n` }, /^no_swallowed_errors/],
    ['a path that leaves the work tree', { '../x.js': 'export {};\n' }, /allowlist|may not be edited/],
    ['a lockfile', { 'package-lock.json': '{\n  "lockfileVersion": 2\n}\n' }, /^allowlist.*lockfile/],
    ['many files', Object.fromEntries(['c', 'd', 'e', 'f'].map((name) => [`${name}.js`, 'export const x = 1;\n'])), /^max_files/],
  ])('object to %s', (_name, patch, objection) => {
    expect(objections(patch, (path) => path !== 'b.js')).toContainEqual(expect.stringMatching(objection));
  });

  it('ask for nothing that only a running target could show', () => {
    const all = objections({ '../x.js': 'const ;\n' }).join('\n');
    expect(all).not.toMatch(/^(?:types|inverse)/m);
  });
});
