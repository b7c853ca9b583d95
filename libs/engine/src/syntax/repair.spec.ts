// biome-ignore-all lint/suspicious/noTemplateCurlyInString: broken templates are what is mended
import { describe, expect, it } from '@jest/globals';
import { applyEdits } from '../edits.js';
import { SourceFile } from '../source-file.js';
import { faultsOf, repairSyntax } from './index.js';

/** The texts after each repair, best first. */
const repaired = (text: string, path = 'a.js') => repairSyntax(path, text).map(({ edits }) => applyEdits(text, edits));

describe('repairSyntax', () => {
  it.each([
    // MdEval JavaScript/1: unclosed block; the indentation says where it ends.
    ['a block without its end', 'function f(x)\n{\n    let n = 0;\n    return n;\n\nmodule.exports = { f };\n', 'return n;\n}\n\nmodule'],
    // MdEval JavaScript/29.
    ['a string without its end', `const f = (c) => n[c - "a.charCodeAt(0)]++;\n`, `"a".charCodeAt(0)]++`],
    // MdEval JavaScript/34: the same slip where it parses and does nothing.
    [
      'a comparison for an assignment, everywhere',
      'let n == 1;\nlet i;\nfor (i == 2; i < 3; i++) n *= i;\nif (n == i) f();\n',
      'let n = 1;\nlet i;\nfor (i = 2; i < 3; i++) n *= i;\nif (n == i)',
    ],
    // MdEval JavaScript/36.
    ['an assignment for a comparison', 'if (a[i] % 2 = 0) {\n  n++;\n}\n', 'if (a[i] % 2 === 0) {'],
    // MdEval JavaScript/75.
    ['a misused spread', 'ans += f[...counts[i - 1]];\n', 'ans += f[counts[i - 1]];'],
    // MdEval JavaScript/63, its syntax error.
    ['a condition without its end', 'if (ans > max\n  max = ans;\n', 'if (ans > max)\n'],
    // HumanEvalFix JavaScript/113, its syntax error.
    ['a missing plus', "d.push('n ' + p + ' of '  p + ' the');\n", "' of ' +  p + ' the'"],
    [
      'an inner block by its indentation',
      'function f(a) {\n  if (a) {\n    if (a.b) {\n      g();\n  }\n  return a;\n}\n',
      '      g();\n    }\n  }\n  return',
    ],
    ['a block without its beginning', 'function f(a) {\n  if (a)\n    g();\n    h();\n  }\n  return a;\n}\n', 'if (a) {\n'],
    ['a misspelt keyword', 'fucntion f() {\n  retrun 1;\n}\n', 'function f() {\n  return 1;\n}'],
    ['a glued keyword', 'if (a) {\n  b();\n} elseif (c) {\n  d();\n}\n', '} else if (c) {'],
    ['the words of another language', 'def f(a) {\n  if (a and not b) return 1;\n}\n', 'function f(a) {\n  if (a && ! b)'],
    ['a type for a declaration', 'for (int i = 0; i < 3; i++) f(i);\n', 'for (let i = 0;'],
    ['a bare condition', 'if x > 3 {\n  f();\n}\n', 'if (x > 3) {'],
    ['commas in a for header', 'for (let i = 0, i < n, i++) f(i);\n', 'for (let i = 0; i < n; i++)'],
    ['bare arrow parameters', 'const f = a, b => a + b;\n', 'const f = (a, b) => a + b;'],
    ['a torn operator', 'const f = (a) = > a;\n', 'const f = (a) => a;'],
    ['a turned operator', 'if (a =< b) f();\n', 'if (a <= b)'],
    ['a missing comma', 'const a = {\n  b: 1\n  c: 2,\n};\n', 'b: 1,\n'],
    ['a name that is reserved', 'const class = 1;\nf(class);\n', 'const class_ = 1;\nf(class_);'],
    ['a name declared twice', 'let a = 1;\nlet a = 2;\nf(a);\n', 'let a = 1;\na = 2;'],
    ['await outside async', 'export function f() {\n  const a = await g();\n  return a;\n}\n', 'export async function f() {'],
    ['await in a callback', 'export const f = (xs) => xs.map((x) => {\n  return await g(x);\n});\n', 'xs.map(async (x) =>'],
    ['a const without a value', 'const a;\na = 1;\n', 'let a;'],
    ['a quote inside a string', "f('it's fine');\n", "f('it\\'s fine');"],
    ['quotes that differ', 'f("a\');\ng(1);\n', 'f("a");'],
    ['curly quotes', 'f(“a”);\n', 'f("a");'],
    ['a string of two lines', "const a = 'b\nc';\n", 'const a = `b\nc`;'],
    ['a template without its end', 'const a = `b ${c};\nf();\n', 'const a = `b ${c}`;'],
    ['a comment without its end', '/* a\nf();\n', '/* a */\nf();'],
    ['a comment without its sign', 'f(); then we go on\ng();\n', 'f(); // then we go on'],
    ['a comment of another language', '# a comment\nf();\n', '// a comment'],
    ['types in a script', 'const f = (a: number): string => `${a}`;\n', 'const f = (a) => `${a}`;'],
    ['a try without catch', 'try {\n  f();\n}\ng();\n', '}\ng();'],
  ])('mends %s', (_name, broken, expected) => {
    expect(faultsOf('a.js', broken)).not.toEqual([]);
    expect(repaired(broken)[0]).toContain(expected);
  });

  it('offers what else may have been meant, and the removal of the line (MdEval JavaScript/32, 60, 70, 72)', () => {
    expect(repaired("f('a');\nid += \"open;\nreturn_(id);\n")).toContain("f('a');\nreturn_(id);\n");
    expect(repaired('if (a[0] === a[1] && a[1] = a[2]) f();\n').slice(0, 3)).toContain('if (a[0] === a[1] && a[1] !== a[2]) f();\n');
    expect(repaired('const f = () => {\n  return { max => min };\n};\n').slice(0, 3)).toContain(
      'const f = () => {\n  return { max, min };\n};\n',
    );
    expect(repaired('if (gcd(a, b) => 1) f();\n').slice(0, 3)).toContain('if (gcd(a, b) === 1) f();\n');
  });

  it('mends several errors one after the other, told as edits of the broken text', () => {
    const broken = 'fucntion f(a {\n  cosnt b = [1, 2;\n  return b\n}\n';
    expect(repaired(broken)).toContain('function f(a) {\n  const b = [1, 2];\n  return b\n}\n');
  });

  it('keeps either side of a merge, or both', () => {
    const merge = 'a();\n<<<<<<< HEAD\nb();\n=======\nc();\n>>>>>>> topic\nd();\n';
    expect(repaired(merge).slice(0, 3)).toEqual(['a();\nb();\nd();\n', 'a();\nc();\nd();\n', 'a();\nb();\nc();\nd();\n']);
  });

  it.each([
    ["{ 'a': 1, // one\n  b: [1, 2,],\n}\n", { a: 1, b: [1, 2] }],
    ['{\n  "a": 1\n  "b": 2\n}\n', { a: 1, b: 2 }],
    ['{\n  "a": "x,\n  "b": None\n}\n', { a: 'x', b: null }],
    ['{ "a": [1, 2 }', { a: [1, 2] }],
  ])('mends JSON: %j', (broken, value) => {
    expect(repaired(broken, 'a.json').map((text) => JSON.parse(text) as unknown)).toContainEqual(value);
  });

  it('mends TypeScript and JSX', () => {
    expect(repaired('export function f(a: number: string {\n  return `${a}`;\n}\n', 'a.ts')[0]).toContain('f(a: number): string {');
    expect(repaired('export const A = () => (\n  <b>{x</b>\n);\n', 'a.jsx')).toContain('export const A = () => (\n  <b>{x}</b>\n);\n');
  });

  it('promises that every repair parses, sorted, and the same again', () => {
    const broken = 'const a = [1, 2;\nfunction f( { return a }\n';
    const repairs = repairSyntax('a.js', broken);
    expect(repairs.length).toBeGreaterThan(0);
    for (const { edits } of repairs) expect(new SourceFile('a.js', applyEdits(broken, edits)).errors).toEqual([]);
    expect(repairs.map(({ weight }) => weight)).toEqual(repairs.map(({ weight }) => weight).sort((a, b) => b - a));
    expect(repairSyntax('a.js', broken)).toEqual(repairs);
  });

  it('looks where the engine says, too', () => {
    const broken = `${'f();\n'.repeat(40)}g(;\n`;
    expect(repairSyntax('a.js', broken, { hint: { line: 41, column: 3, message: "Unexpected token ';'" } })[0]).toBeDefined();
    expect(repairSyntax('a.js', broken, { hint: { line: -1 } })[0]).toBeDefined();
    expect(repairSyntax('a.js', broken, { hint: { line: 9999, column: 1e9 } })[0]).toBeDefined();
  });

  it.each([
    ['a file that parses', 'f();\n'],
    ['a huge minified file', `${'a=b+c;'.repeat(900_000)}(`],
    ['brackets without end', '('.repeat(100_000)],
    ['a name declared again and again', 'let a;\n'.repeat(6000)],
    ['conflicts without end', '<<<<<<< a\n'.repeat(50_000)],
    ['templates without end', '`${'.repeat(50_000)],
  ])('has nothing for %s, in bounded time', (_name, text) => {
    const start = performance.now();
    expect(repairSyntax('a.js', text)).toEqual([]);
    expect(performance.now() - start).toBeLessThan(15_000);
  });

  it('ends on long broken text', () => {
    const text = `${'const a = f(1, 2);\n'.repeat(8000)}const b = (;\n`;
    expect(repairSyntax('a.mjs', text.replaceAll('const a', 'var a')).length).toBeGreaterThan(0);
  }, 20_000);
});
