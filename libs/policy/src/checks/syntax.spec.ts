import { describe, expect, it } from '@jest/globals';
import { evaluate } from '../evaluate.js';
import { patchOf } from '../fixtures/patch-of.js';

const passes = (path: string, after: string) => evaluate(patchOf(null, after, path)).checks.find((c) => c.check === 'syntax')?.passed;

describe('syntax', () => {
  it.each([
    ['src/a.ts', 'const a: = 1;\n'],
    ['src/a.js', 'const a: number = 1;\n'],
    ['src/a.tsx', 'const a = <b>;\n'],
    ['src/a.json', '{"a":1,}\n'],
    ['src/a.yaml', 'a: [1\nb: 2\n'],
    ['src/a.yml', 'a: 1\na: 2\n'],
    ['src/.env', 'A=1\nrm -rf /\n'],
    ['src/a.sh', 'echo\n'],
    ['src/a.py', 'print(1)\n'],
    ['src/run', 'x\n'],
  ])('rejects %s: %j', (path, after) => expect(passes(path, after)).toBe(false));

  it.each([
    ['src/a.ts', 'const a: number = 1;\n'],
    ['src/a.mts', 'export const a = <T,>(b: T) => b;\n'],
    ['src/a.tsx', 'const a = <b>c</b>;\n'],
    ['src/a.cjs', "const a = require('./b.cjs');\n"],
    ['src/a.json', '{"a":1}\n'],
    ['src/a.yaml', 'a: [1]\n---\nb: 2\n'],
    ['src/.env.production', '# port\nPORT=1\n\nexport A="b c"\n'],
    ['src/a.md', '# a\n'],
  ])('accepts %s: %j', (path, after) => expect(passes(path, after)).toBe(true));

  it('accepts a patch that repairs a file that did not parse', () => {
    const { checks } = evaluate(patchOf('export const a = 1;\n<<<<<<< HEAD\n', 'export const a = 1;\n'));
    expect(checks.filter((c) => !c.passed)).toEqual([]);
  });
});
