import { describe, expect, it } from '@jest/globals';
import { diffFiles } from './diff-files';

const hunk = '@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n';
const x = `--- a/src/x.ts\n+++ b/src/x.ts\n${hunk}`;
const brief = (diff: string) => diffFiles(diff).map((f) => [f.path, f.added, f.removed]);

describe('diffFiles', () => {
  it('gives a bare unified diff the header of git', () => {
    expect(diffFiles(x)).toEqual([{ path: 'src/x.ts', text: `diff --git a/src/x.ts b/src/x.ts\n${x}`, added: 1, removed: 1 }]);
  });

  it('does the same with one that has it, and leaves out other headers', () => {
    expect(diffFiles(`Index: x\n====\ndiff --git a/src/x.ts b/src/x.ts\nindex 1..2 100644\n${x}`)).toEqual(diffFiles(x));
  });

  it('cuts at files', () => {
    expect(brief(`${x}--- a/y.ts\n+++ b/y.ts\n@@ -1 +1,2 @@\n a\n+b\n`)).toEqual([
      ['src/x.ts', 1, 1],
      ['y.ts', 1, 0],
    ]);
  });

  it('takes a removed line that looks like a header for what it is', () => {
    expect(brief('--- a/q.sql\n+++ b/q.sql\n@@ -1,2 +1,2 @@\n--- old comment\n+++ new comment\n select 1;\n')).toEqual([['q.sql', 1, 1]]);
  });

  it('knows new and deleted files', () => {
    expect(brief('--- /dev/null\n+++ b/n.ts\n@@ -0,0 +1 @@\n+x\n')).toEqual([['n.ts', 1, 0]]);
    expect(brief('--- a/d.ts\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n')).toEqual([['d.ts', 0, 1]]);
  });

  it('keeps the note about a missing newline', () => {
    expect(diffFiles(`${x}\\ No newline at end of file\n`)[0]?.text).toContain('\\ No newline');
  });

  it.each(['', 'garbage', '@@ -1 +1 @@\n-a\n+b\n', '@@ -1,99999999 +1,9 @@'])('finds no file in %j', (text) =>
    expect(diffFiles(text)).toEqual([]),
  );
});
