import { describe, expect, it } from '@jest/globals';
import { heal } from '../shared/case.js';
import { constAssign } from './index.js';

const run = (source: string, at: string) =>
  heal(constAssign, {
    files: { 'a.js': source },
    failure: { error: { name: 'TypeError', message: 'Assignment to constant variable.' } },
    at: ['a.js', at],
  }).after;

describe('const-assign', () => {
  // The bug of https://github.com/projectsophon/df-plugin-dev-server/pull/11: a const that is set again.
  it.each([
    ['const port = 1;\nif (taken) {\n  port = 2;\n}\n', 'port = 2', 'let port = 1;\nif (taken) {\n  port = 2;\n}\n'],
    [
      'const f = () => {\n  const n = 0;\n  n += 1;\n  return n;\n};\n',
      'n += 1',
      'const f = () => {\n  let n = 0;\n  n += 1;\n  return n;\n};\n',
    ],
    ['for (const i = 0; i < 3; i++) f(i);\n', 'i++', 'for (let i = 0; i < 3; i++) f(i);\n'],
  ])('lets it change: %j', (source, at, after) => {
    expect(run(source, at)[0]).toBe(after);
  });

  it('compares where a comparison was meant', () => {
    expect(run('const f = (x) => {\n  const y = 1;\n  if (y = 2) return x;\n};\n', 'y = 2')[0]).toContain('if (y === 2)');
  });

  it('says nothing where no constant is set', () => {
    expect(run('let a = 1;\na = 2;\n', 'a = 2')).toEqual([]);
  });
});
