import { describe, expect, it } from '@jest/globals';
import { evaluate } from '../evaluate.js';
import type { PatchFacts } from '../facts.js';
import { patchOf } from '../fixtures/patch-of.js';

const limits: PatchFacts['limits'] = { allow: ['**'], deny: [], max_loc: 6, max_files: 1 };
const lines = (n: number) => Array.from({ length: n }, (_, i) => `export const a${i} = ${i};\n`).join('');

describe('size', () => {
  it.each([
    ['six lines of six', lines(6), true],
    ['seven lines', lines(7), false],
    ['a line that is long enough for seven', `// ${'x'.repeat(1300)}\n`, false],
    ['a line of 200 characters', `// ${'x'.repeat(197)}\n`, true],
  ])('max_loc judges %s', (_, after, passes) => {
    expect(evaluate({ ...patchOf('', after), limits }).max_loc).toBe(passes);
  });

  it('counts removed lines too', () => {
    expect(evaluate({ ...patchOf(lines(4), lines(4).replaceAll('const', 'let')), limits }).max_loc).toBe(false);
  });

  it('max_files counts files', () => {
    const [a, b] = [patchOf('a\n', 'b\n', 'src/a.md'), patchOf('a\n', 'b\n', 'src/b.md')];
    const both = { ...a, diff: a.diff + b.diff, files: [...a.files, ...b.files] };
    const names = (facts: PatchFacts) =>
      evaluate(facts)
        .checks.filter((c) => !c.passed)
        .map((c) => c.check);
    expect(names({ ...both, limits })).toEqual(['max_files']);
    expect(names({ ...both, limits: { ...limits, max_files: 2 } })).toEqual([]);
  });
});
