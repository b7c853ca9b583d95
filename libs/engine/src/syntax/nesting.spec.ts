// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates without an end are the case
import { describe, expect, it } from '@jest/globals';
import { SourceFile } from '../source-file.js';
import { isParsable, MAX_NESTING, nestingDepth } from './nesting.js';

describe('nestingDepth', () => {
  it('counts open brackets and chains, not how many there are', () => {
    expect(nestingDepth('f(); [1]; { a; }\n'.repeat(5000))).toBeLessThan(5);
    expect(nestingDepth('((([{}])))')).toBe(5);
    expect(nestingDepth('const a = b ? c : d;\n'.repeat(5000))).toBeLessThan(5);
    expect(nestingDepth(`'(((('; // ((((\n/* (((( */ "((((";`)).toBeLessThan(2);
  });

  it.each([
    ['brackets', (n: number) => '('.repeat(n) + ')'.repeat(n)],
    ['lists', (n: number) => '['.repeat(n)],
    ['templates', (n: number) => '`${'.repeat(n)],
    ['objects', (n: number) => `x=${'{a:'.repeat(n)}`],
    ['arrows', (n: number) => `${'a=>'.repeat(n)}1`],
    ['conditionals', (n: number) => `${'a?b:'.repeat(n)}1`],
    ['assignments', (n: number) => `${'a='.repeat(n)}1`],
    ['branches', (n: number) => `${'if(a);else '.repeat(n)};`],
    ['loops', (n: number) => `${'while(1)'.repeat(n)};`],
    ['type arguments', (n: number) => `type A=${'B<'.repeat(n)}`],
    ['brackets that look like a string', (n: number) => `x=/"/+${'('.repeat(n)}/"/`],
  ])('keeps %s that would end the process from the parser', (_name, deep) => {
    expect(isParsable(deep(100_000))).toBe(false);
    const file = new SourceFile('a.ts', deep(100_000));
    expect(file.errors).toEqual([`a.ts:1: nested deeper than ${MAX_NESTING} levels`]);
    expect(file.program.body).toEqual([]);
  });

  it('lets real code through', () => {
    expect(isParsable('('.repeat(900) + ')'.repeat(900))).toBe(true);
    expect(isParsable(Array.from({ length: 3000 }, (_, i) => `if (a === ${i}) f(${i});\nelse `).join(''))).toBe(true);
    expect(isParsable('a = b\nc = d\n'.repeat(10_000))).toBe(true);
  });
});
