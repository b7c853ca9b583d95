import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { diffStats, unifiedDiff, unifiedDiffs } from './unified-diff.js';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'selfheal-diff-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const git = (args: string[], input?: string) => execFileSync('git', args, { cwd: dir, input });

describe('unifiedDiff, as git reads it', () => {
  it.each([
    ['a plain change', 'plain.ts', 'a\nb\nc\n', 'a\nB\nc\n'],
    ['no newline at the end, before and after', 'end.ts', 'a\nb', 'a\nc'],
    ['a newline that is added at the end', 'added.ts', 'a\nb', 'a\nb\n'],
    ['a newline that is taken from the end', 'taken.ts', 'a\nb\n', 'a\nb'],
    ['Windows line ends', 'crlf.ts', 'a\r\nb\r\nc\r\n', 'a\r\nB\r\nc\r\n'],
    ['mixed line ends', 'mixed.ts', 'a\r\nb\nc\r\n', 'a\r\nb\nC\r\n'],
    ['a path with spaces', 'a b.ts', 'a\n', 'b\n'],
    ['text beyond ASCII', 'é.ts', 'naïve 😀\n', 'naïve 😁\n'],
    ['lines that look like a diff', 'like.ts', '--- a/x\n+++ b/x\n@@ -1 +1 @@\n', '--- a/x\n+++ b/y\n@@ -1 +1 @@\n'],
    ['everything gone', 'gone.ts', 'a\nb\n', ''],
    ['a byte order mark', 'bom.ts', '\uFEFFa\n', '\uFEFFb\n'],
  ])('applies and reverts: %s', async (_name, path, before, after) => {
    await writeFile(join(dir, path), before);
    const diff = unifiedDiff(path, before, after);
    git(['apply', '-'], diff);
    expect(await readFile(join(dir, path), 'utf8')).toBe(after);
    git(['apply', '--reverse', '-'], diff);
    expect(await readFile(join(dir, path), 'utf8')).toBe(before);
    expect(diffStats(diff).files).toEqual([path]);
  });

  it('makes and removes files, several in one patch', async () => {
    const diff = unifiedDiffs([
      { path: 'z.ts', before: undefined, after: 'new\n' },
      { path: 'plain2.ts', before: 'a\n', after: undefined },
    ]);
    await writeFile(join(dir, 'plain2.ts'), 'a\n');
    git(['apply', '-'], diff);
    expect(await readFile(join(dir, 'z.ts'), 'utf8')).toBe('new\n');
    await expect(readFile(join(dir, 'plain2.ts'))).rejects.toThrow('ENOENT');
    expect(diffStats(diff)).toEqual({ files: ['plain2.ts', 'z.ts'], loc: 2 });
  });

  it('is empty without a change, and refuses a path that could forge a header', () => {
    expect(unifiedDiff('a.ts', 'x', 'x')).toBe('');
    expect(() => unifiedDiff('a.ts\n+++ b/etc/passwd', 'x', 'y')).toThrow(RangeError);
  });
});
