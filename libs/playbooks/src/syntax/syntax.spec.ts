import { describe, expect, it } from '@jest/globals';
import { heal } from '../shared/case.js';
import { syntax } from './index.js';

const run = (message: string, stack: string, files: Record<string, string>) =>
  heal(syntax, { files, failure: { error: { name: 'SyntaxError', message, stack } } });

describe('syntax', () => {
  it('mends the file that the error names (MdEval JavaScript/36)', () => {
    const source = 'if (a % 2 = 0) {\n  f();\n}\n';
    const stack =
      '/srv/app/src/subject.js:1\nif (a % 2 = 0) {\n    ^^^^^\n\nSyntaxError: Invalid left-hand side in assignment\n    at wrapSafe (node:internal:1:1)';
    const { after, diagnosis } = run('Invalid left-hand side in assignment', stack, { 'src/subject.js': source });
    expect(after[0]).toBe(source.replace(' = ', ' === '));
    expect(diagnosis).toMatchObject({ category: 'build', location: { file: 'src/subject.js', line: 1 } });
  });

  it('finds the file when no path is said, and mends JSON that is named', () => {
    expect(run('Unexpected token', '', { 'a.js': 'f();\n', 'b.js': 'g(;\n' }).diagnosis?.files).toEqual(['b.js']);
    const message = 'Error parsing /srv/app/package.json: Expected double-quoted property name in JSON at position 12';
    expect(run(message, '', { 'package.json': '{ "a": 1, }' }).after[0]).toBe('{ "a": 1 }');
  });

  it('leaves data that a program parses alone, and files that parse', () => {
    expect(
      run('Unexpected token < in JSON at position 0', '    at parse (/srv/app/a.js:1:1)', {
        'a.js': 'JSON.parse(x);\n',
        'fixtures/bad.json': '{',
      }).diagnosis,
    ).toBeNull();
    expect(run('Unexpected token', '', { 'a.js': 'f();\n' }).diagnosis).toBeNull();
  });
});
