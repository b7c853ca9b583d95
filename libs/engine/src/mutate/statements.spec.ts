import { describe, expect, it } from '@jest/globals';
import { applyEdits, type Edit } from '../edits.js';
import type { Node } from '../nodes.js';
import { SourceFile } from '../source-file.js';
import { insertAfter, insertBefore, insertInto, removal, semicolonOf, stepOf } from './statements.js';

const text = 'function f(a) {\n    one();\n    if (a) { two(); }\n    if (a) three()\n    else {}\n    return a\n}\n';
const file = new SourceFile('a.js', text);
const statement = (start: string): Node =>
  file.nodes.find((node) => node.type.endsWith('Statement') && file.textOf(node).startsWith(start)) as Node;
const after = (edit: Edit) => applyEdits(text, [edit]);

describe('statements as text', () => {
  it('inserts on a line of its own, or inline in a block on one line', () => {
    expect(after(insertBefore(file, statement('one'), 'zero();'))).toContain('{\n    zero();\n    one();\n');
    expect(after(insertAfter(file, statement('one'), 'half();'))).toContain('one();\n    half();\n    if');
    expect(after(insertBefore(file, statement('two'), 'x++'))).toContain('{ x++; two(); }');
    expect(after(insertAfter(file, statement('two'), 'x++'))).toContain('{ two(); x++ }');
  });

  it('makes a block of a single statement and fills an empty one', () => {
    expect(after(insertInto(file, statement('three'), 'return', 'end'))).toContain('if (a) { three(); return }');
    expect(after(insertInto(file, statement('{}'), 'four()', 'end'))).toContain('else {\n        four()\n    }');
  });

  it('does not let a line begin as the continuation of the one before', () => {
    expect(after(insertAfter(file, statement('return'), '[b] = c'))).toContain('return a\n    ;[b] = c');
  });

  it('removes with the line, and leaves a statement where one must be', () => {
    expect(after(removal(file, statement('one')))).toBe(text.replace('    one();\n', ''));
    expect(after(removal(file, statement('three')))).toContain('if (a) {}');
  });

  it('writes as the file does', () => {
    expect(stepOf(file)).toBe('    ');
    expect(semicolonOf(new SourceFile('b.js', 'a()\nb()\nc();\n'))).toBe('');
    expect(semicolonOf(new SourceFile('b.js', 'a();\n'))).toBe(';');
  });
});
