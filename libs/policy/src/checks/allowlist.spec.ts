import { describe, expect, it } from '@jest/globals';
import { evaluate } from '../evaluate.js';
import { patchOf, rawPatch } from '../fixtures/patch-of.js';

const edit = (path: string, to = path) => `--- a/${path}\n+++ b/${to}\n@@ -1 +1 @@\n-a\n+b\n`;
const file = (path: string, mode?: string) => ({ path, before: 'a\n', after: 'b\n', mode });
const created = (path: string, mode = '100644', text = 'x') =>
  rawPatch(`diff --git a/${path} b/${path}\nnew file mode ${mode}\n--- /dev/null\n+++ b/${path}\n@@ -0,0 +1 @@\n+${text}\n`, [
    { path, before: null, after: `${text}\n` },
  ]);

describe('allowlist', () => {
  it.each([
    'etc/passwd',
    '/etc/passwd',
    '../a.ts',
    'src/../../a.ts',
    'src/./a.ts',
    'src//a.ts',
    'src\\a.ts',
    'C:/a.ts',
    'src/a.ts\u0007',
    'src/a\u202E.ts',
    'src/.git/config',
    'src/.GIT/hooks/x',
    'src/GIT~1/config',
    'src/.gitattributes',
    'src/package-lock.json',
    'src/yarn.lock',
    'src/node_modules/a/index.js',
    'src/selfheal.yaml',
    'src/.npmrc',
    'src/Dockerfile',
    'src/a.ts.',
    'src/a .ts /b.ts',
    'src/e\u0301.ts',
  ])('rejects a change of %j', (path) => {
    expect(evaluate(rawPatch(edit(path), [file(path)])).allowlist).toBe(false);
  });

  it.each([
    ['a rename', rawPatch(edit('src/a.ts', 'src/b.ts'), [file('src/b.ts')])],
    ['git headers that name another file', rawPatch(`diff --git a/src/b.ts b/src/b.ts\n${edit('src/a.ts')}`, [file('src/a.ts')])],
    ['git headers of which one names another file', rawPatch(`diff --git a/src/a.ts b/x.ts\n${edit('src/a.ts')}`, [file('src/a.ts')])],
    [
      'rename headers',
      rawPatch(`diff --git a/src/a.ts b/src/a.ts\nsimilarity index 90%\nrename from src/a.ts\nrename to x.ts\n${edit('src/a.ts')}`, [
        file('src/a.ts'),
      ]),
    ],
    [
      'a mode change',
      rawPatch(`diff --git a/src/a.ts b/src/a.ts\nold mode 100644\nnew mode 100755\n${edit('src/a.ts')}`, [file('src/a.ts')]),
    ],
    ['a new symbolic link', created('src/a.ts', '120000', '/etc/passwd')],
    ['a new executable', created('src/a.ts', '100755')],
    ['a submodule', created('src/a.ts', '160000')],
    ['an edit of a link that is there', rawPatch(edit('src/a.ts'), [file('src/a.ts', '120000')])],
    ['a binary patch', rawPatch('diff --git a/src/a.ts b/src/a.ts\nindex 00..11\nGIT binary patch\nliteral 1\nIc$@\n', [file('src/a.ts')])],
    ['a second file hidden after the first', rawPatch(`${edit('src/a.ts')}${edit('x.ts')}`, [file('src/a.ts')])],
    ['two sections for one file', rawPatch(`${edit('src/a.ts')}${edit('src/a.ts')}`, [file('src/a.ts')])],
    [
      'a file hidden behind a wrong line count',
      rawPatch(`--- a/src/a.ts\n+++ b/src/a.ts\n@@ -1,2 +1 @@\n-a\n+b\n--- a/x.ts\n+++ b/x.ts\n@@ -1 +1 @@\n-a\n+b\n`, [file('src/a.ts')]),
    ],
    ['text before the diff', rawPatch(`From: me\n${edit('src/a.ts')}`, [file('src/a.ts')])],
    ['a quoted name', rawPatch('--- "a/src/a.ts"\n+++ "b/src/a.ts"\n@@ -1 +1 @@\n-a\n+b\n', [file('src/a.ts')])],
    ['no prefixes', rawPatch('--- src/a.ts\n+++ src/a.ts\n@@ -1 +1 @@\n-a\n+b\n', [file('src/a.ts')])],
    ['no hunks', rawPatch('--- a/src/a.ts\n+++ b/src/a.ts\n', [file('src/a.ts')])],
    ['nothing', rawPatch('', [])],
    [
      'a file list that shows other bytes than the diff makes',
      rawPatch(edit('src/a.ts'), [{ path: 'src/a.ts', before: 'a\n', after: 'harmless\n' }]),
    ],
    ['a file list that shows another base', rawPatch(edit('src/a.ts'), [{ path: 'src/a.ts', before: 'z\n', after: 'b\n' }])],
    [
      'a denied file',
      { ...patchOf('a\n', 'b\n', 'src/auth/a.txt'), limits: { allow: ['src/**'], deny: ['src/auth/**'], max_loc: 9, max_files: 9 } },
    ],
  ])('rejects %s', (_, facts) => {
    const verdict = evaluate(facts);
    expect(verdict.allowlist).toBe(false);
    expect(verdict.passed).toBe(false);
  });

  it.each([
    ['an edit', patchOf('export const a = 1;\n', 'export const a = 2;\n')],
    ['a new file', patchOf(null, 'export const a = 2;\n', 'src/deep/er/b.ts')],
    ['a deleted file', patchOf('export const a = 2;\n', null, 'src/old.ts')],
    ['a file without a newline at its end', patchOf('export const a = 1;', 'export const a = 2;')],
    ['Windows line ends', patchOf('const a = 1;\r\nconst b = 1;\r\n', 'const a = 2;\r\nconst b = 1;\r\n')],
    ['removed lines that look like headers', patchOf('/*\n-- a/x\n*/\n', '/*\n*/\n')],
    ['added lines that look like headers', patchOf('/*\n*/\n', '/*\n++ b/x\n*/\n')],
    ['a name with spaces', patchOf('const a = 1;\n', 'const a = 2;\n', 'src/a b.ts')],
    [
      'a file of an allowed directory elsewhere',
      { ...patchOf('{"a":1}\n', '{"a":2}\n', 'config/app.json'), limits: { allow: ['config/*.json'], deny: [], max_loc: 9, max_files: 1 } },
    ],
  ])('accepts %s', (_, facts) => {
    expect(evaluate(facts).checks.filter((c) => !c.passed)).toEqual([]);
  });
});
