import { describe, expect, it } from '@jest/globals';
import { readHeaders } from './patch-safety.js';

const change = (headers: string) => `diff --git a/a.ts b/a.ts\n${headers}--- a/a.ts\n+++ b/a.ts\n@@ -1 +1 @@\n-old\n+new\n`;

describe('readHeaders', () => {
  it.each([
    ['a plain change', ''],
    ['an index line with a regular mode', 'index 1234567..89abcde 100644\n'],
    ['an index line without a mode', 'index 1234567..89abcde\n'],
    ['a new regular file', 'new file mode 100644\n'],
  ])('accepts %s', (_, headers) => {
    expect(readHeaders(change(headers))).toEqual({ paths: new Set(['a.ts']) });
  });

  it.each([
    ['a new symbolic link', 'new file mode 120000\n'],
    ['a symbolic link with a padded mode', 'new file mode 0120000\n'],
    ['a mode with a carriage return', 'new file mode 120000\r\n'],
    ['a submodule', 'new file mode 160000\n'],
    ['a mode change into a link', 'old mode 100644\nnew mode 120000\n'],
    ['a link by its index line', 'index 1234567..89abcde 120000\n'],
    ['a rename', 'similarity index 90%\nrename from b.ts\nrename to a.ts\n'],
    ['a copy', 'copy from b.ts\ncopy to a.ts\n'],
    ['a binary patch', 'GIT binary patch\n'],
  ])('refuses %s', (_, headers) => {
    expect(readHeaders(change(headers)).unsafe).toEqual(expect.any(String));
  });

  it('does not take content for a header', () => {
    const diff =
      '--- a/a.md\n+++ b/a.md\n@@ -1,3 +1,3 @@\n new file mode 120000\n-rename from x\n--- a/../x\n+rename from y\n+++ /etc/passwd\n';
    expect(readHeaders(diff)).toEqual({ paths: new Set(['a.md']) });
  });

  it.each([
    ['an absolute path', '--- /dev/null\n+++ /etc/passwd\n@@ -0,0 +1 @@\n+x\n'],
    ['a path without its prefix', '--- a.ts\n+++ a.ts\n@@ -1 +1 @@\n-x\n+y\n'],
    ['a quoted path', '--- "a/\\056\\056/x"\n+++ "b/\\056\\056/x"\n@@ -1 +1 @@\n-x\n+y\n'],
    ['two names in one git header', 'diff --git a/a.ts b/b.ts\nnew file mode 100644\n'],
    ['a header after a hunk that is shorter than its lines', '--- a/a.ts\n+++ b/a.ts\n@@ -1 +1 @@\n-x\n+y\n+++ /etc/passwd\n'],
    ['text that is no diff', 'please apply'],
  ])('refuses %s', (_, diff) => {
    expect(readHeaders(diff).unsafe).toEqual(expect.any(String));
  });
});
