import { describe, expect, it } from '@jest/globals';
import { lookup, namesInScope } from './bindings.js';
import { functionName } from './functions.js';
import { SourceFile } from './source-file.js';

const file = new SourceFile('src/a.ts', "const face = '😀';\nexport const f = (a: number) => {\n  const b = a + 1;\n  return b;\n};\n");

describe('SourceFile', () => {
  it('counts offsets and columns in UTF-16 units, as V8 does', () => {
    const at = file.text.indexOf('return');
    expect(file.positionAt(at)).toEqual({ line: 4, column: 3 });
    expect(file.offsetAt({ line: 4, column: 3 })).toBe(at);
    expect(file.textOf(file.nodeAt(file.text.indexOf('face')) ?? { start: 0, end: 0 })).toBe('face');
    expect(file.positionAt(file.text.indexOf(';')).column).toBe("const face = '😀'".length + 1);
  });

  it('has no offset for a line that is not there, and the end of the line for a column past it', () => {
    expect(file.offsetAt({ line: 99, column: 1 })).toBeUndefined();
    expect(file.offsetAt({ line: 4, column: 999 })).toBe(file.text.indexOf('\n', file.text.indexOf('return')));
  });

  it('knows parents, enclosing functions and what is inside a node', () => {
    const sum = file.nodes.find((node) => node.type === 'BinaryExpression');
    const fn = sum && file.enclosingFunction(sum);
    expect(fn && functionName(file, fn)).toBe('f');
    expect(sum && file.within(sum).map((node) => node.type)).toEqual(['BinaryExpression', 'Identifier', 'Literal']);
    expect(sum && file.ancestorsOf(sum).at(-1)?.type).toBe('Program');
  });

  it('looks names up from the inside out', () => {
    const inner = new SourceFile('a.ts', 'const x = 1; function f(x: number) { return x; } export const y = x;');
    const reads = inner.nodes.filter((node) => node.type === 'Identifier' && node.name === 'x');
    const [, , inFunction, outside] = reads;
    expect(inFunction && lookup(inner, 'x', inFunction)?.kind).toBe('param');
    expect(outside && lookup(inner, 'x', outside)?.kind).toBe('variable');
    expect(inFunction && namesInScope(inner, inFunction)).toEqual(expect.arrayContaining(['x', 'f', 'y']));
  });

  it('says where a file does not parse, and reads JavaScript, CommonJS and TSX', () => {
    expect(new SourceFile('a.ts', 'const a = 1;\nconst b = ;\n').errors).toEqual(['a.ts:2: Unexpected token']);
    expect(new SourceFile('a.cjs', "const b = require('./b'); module.exports = { b };").errors).toEqual([]);
    expect(new SourceFile('a.tsx', 'export const A = () => <b>hi</b>;').errors).toEqual([]);
    expect(new SourceFile('a.js', 'export const a = (b: number) => b;').errors).not.toEqual([]);
  });
});
