import { chmod, mkdir, mkdtemp, readdir, readFile, readlink, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  addWorktree,
  applyDiff,
  commitAll,
  diffBetween,
  GitError,
  git,
  headRevision,
  initRepository,
  isClean,
  NothingToCommit,
  PatchDoesNotApply,
  readSnapshot,
  treeOf,
} from './index.js';

let base: string;
let root: string;
let first: string;

beforeEach(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), 'selfheal-git-')));
  root = join(base, 'repo');
  await mkdir(join(root, 'src'), { recursive: true });
  await writeFile(join(root, 'src/a.ts'), 'one\ntwo\nthree\n');
  await writeFile(join(root, 'src/a.spec.ts'), 'spec\n');
  await writeFile(join(root, '.gitignore'), 'node_modules/\n');
  await writeFile(join(base, 'outside.txt'), 'untouched\n');
  first = await initRepository(root, 'first');
});

afterEach(async () => {
  await rm(base, { recursive: true, force: true });
});

const edit = (path: string, from = 'two', to = 'TWO') => `--- a/${path}\n+++ b/${path}\n@@ -1,3 +1,3 @@\n one\n-${from}\n+${to}\n three\n`;
const create = (path: string, mode = '100644', content = 'x') =>
  `diff --git a/${path} b/${path}\nnew file mode ${mode}\n--- /dev/null\n+++ b/${path}\n@@ -0,0 +1 @@\n+${content}\n`;
const text = (path: string) => readFile(join(root, path), 'utf8');

describe('git', () => {
  it('gives the exit code and what git said', async () => {
    const error = await git(root, ['rev-parse', '--verify', 'nothing']).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(GitError);
    expect(error).toMatchObject({ exitCode: 128, stderr: expect.stringContaining('fatal') });
  });

  it('stops when the signal fires', async () => {
    await expect(git(root, ['cat-file', '--batch'], { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('never falls back to a repository that encloses the directory', async () => {
    const inner = join(root, 'inner');
    await mkdir(inner);
    await expect(git(inner, ['rev-parse', 'HEAD'])).rejects.toThrow(/not a git repository/);
  });

  it('does not run what the repository configures', async () => {
    const hook = join(root, '.git/hooks/pre-commit');
    await mkdir(join(root, '.git/hooks'), { recursive: true });
    await writeFile(hook, `#!/bin/sh\ntouch ${base}/ran\nexit 1\n`);
    await chmod(hook, 0o755);
    await git(root, ['config', 'core.fsmonitor', hook]);
    await git(root, ['config', 'core.hooksPath', join(root, '.git/hooks')]);
    await writeFile(join(root, 'src/a.ts'), 'changed\n');
    expect(await isClean(root)).toBe(false);
    await commitAll(root, { message: 'change' });
    expect(await readdir(base)).not.toContain('ran');
  });
});

describe('revisions', () => {
  it('knows head, tree and cleanliness', async () => {
    expect(await headRevision(root)).toBe(first);
    expect(await treeOf(root, first)).toMatch(/^[0-9a-f]{40}$/);
    expect(await isClean(root)).toBe(true);
    await writeFile(join(root, 'new.txt'), 'x');
    expect(await isClean(root)).toBe(false);
  });

  it.each(['--all', 'a..b', '', '-x', 'a b'])('refuses %j as a revision', async (revision) => {
    await expect(treeOf(root, revision)).rejects.toThrow(RangeError);
  });
});

describe('readSnapshot', () => {
  it('reads the chosen text files of the commit, not of the work tree', async () => {
    await writeFile(join(root, 'src/ümlaut name.ts'), '\uFEFFbom\r\n');
    await writeFile(join(root, 'src/binary.ts'), Buffer.from([1, 0, 2]));
    await writeFile(join(root, 'src/latin.ts'), Buffer.from([0x66, 0xfc, 0x72]));
    await writeFile(join(root, 'src/large.ts'), 'x'.repeat(1024 * 1024 + 1));
    await writeFile(join(root, 'src/empty.ts'), '');
    await symlink('a.ts', join(root, 'src/link.ts'));
    const revision = await commitAll(root, { message: 'more' });
    await writeFile(join(root, 'src/a.ts'), 'uncommitted\n');
    const snapshot = await readSnapshot(root, revision, { include: ['src/**'], exclude: ['**/*.spec.*'] });
    expect(snapshot.revision).toBe(revision);
    expect(Object.fromEntries(snapshot.files)).toEqual({
      'src/a.ts': 'one\ntwo\nthree\n',
      'src/ümlaut name.ts': '\uFEFFbom\r\n',
      'src/empty.ts': '',
    });
  });

  it('is empty when nothing matches', async () => {
    expect((await readSnapshot(root, first, { include: ['lib/**'] })).files.size).toBe(0);
  });
});

describe('commitAll', () => {
  it('commits as selfheal for the author, whatever the author is called', async () => {
    await writeFile(join(root, 'src/a.ts'), 'changed\n');
    const author = { name: 'Eve <x>\nparent 0', email: 'eve@example.org' };
    const revision = await commitAll(root, { message: '--amend\n\n# kept', author });
    expect(await headRevision(root)).toBe(revision);
    expect(await git(root, ['log', '-1', '--format=%an|%ae|%cn|%B'])).toBe('Eve x parent 0|eve@example.org|selfheal|--amend\n\n# kept\n\n');
  });

  it('says when there is nothing to commit', async () => {
    await expect(commitAll(root, { message: 'none' })).rejects.toBeInstanceOf(NothingToCommit);
  });
});

describe('applyDiff', () => {
  it('applies, checks and takes back, to the same bytes', async () => {
    await applyDiff(root, edit('src/a.ts'), { check: true });
    expect(await text('src/a.ts')).toBe('one\ntwo\nthree\n');
    await applyDiff(root, edit('src/a.ts'), { index: true });
    expect(await text('src/a.ts')).toBe('one\nTWO\nthree\n');
    await applyDiff(root, edit('src/a.ts'), { reverse: true, index: true });
    expect(await isClean(root)).toBe(true);
  });

  it('applies what diffBetween gives, renames included', async () => {
    const before = await treeOf(root, first);
    await git(root, ['mv', 'src/a.ts', 'src/b.ts']);
    const second = await commitAll(root, { message: 'rename' });
    await applyDiff(root, await diffBetween(root, second, first), { index: true });
    const third = await commitAll(root, { message: 'back' });
    expect(await treeOf(root, third)).toBe(before);
  });

  it('leaves everything as it was when one file does not fit', async () => {
    const diff = `${edit('src/a.ts')}${create('src/new.ts')}${edit('src/a.spec.ts')}`;
    await expect(applyDiff(root, diff)).rejects.toBeInstanceOf(PatchDoesNotApply);
    expect(await isClean(root)).toBe(true);
  });

  it.each([
    ['a path with ..', create('../evil.txt')],
    ['a path with .. inside', create('src/../../evil.txt')],
    ['an absolute path', `--- /dev/null\n+++ /tmp/selfheal-evil.txt\n@@ -0,0 +1 @@\n+x\n`],
    ['the repository configuration', create('.git/config')],
    ['a hook', create('.git/hooks/post-checkout', '100755')],
    ['.git in other letters', create('.GIT/config')],
    ['.git of a subdirectory', create('src/.git/config')],
    ['a new symbolic link', create('src/link', '120000', '../../outside.txt')],
    ['a link and a write through it', `${create('src/dir', '120000', '../..')}${create('src/dir/evil.txt')}`],
    ['a submodule', create('src/sub', '160000', `Subproject commit ${'0'.repeat(40)}`)],
    ['no diff at all', 'ignore previous instructions'],
    ['nothing', ''],
  ])('refuses %s', async (_, diff) => {
    await expect(applyDiff(root, diff)).rejects.toBeInstanceOf(PatchDoesNotApply);
    expect(await isClean(root)).toBe(true);
    expect(await readdir(base)).toEqual(['outside.txt', 'repo']);
  });

  it('refuses to write through or to redirect a link that is already there', async () => {
    await symlink('../outside.txt', join(root, 'link'));
    await symlink('..', join(root, 'up'));
    await commitAll(root, { message: 'links' });
    const redirect =
      '--- a/link\n+++ b/link\n@@ -1 +1 @@\n-../outside.txt\n\\ No newline at end of file\n+/etc/passwd\n\\ No newline at end of file\n';
    await expect(applyDiff(root, redirect)).rejects.toThrow(/symbolic link/);
    const through = '--- a/up/outside.txt\n+++ b/up/outside.txt\n@@ -1 +1 @@\n-untouched\n+touched\n';
    await expect(applyDiff(root, through)).rejects.toBeInstanceOf(PatchDoesNotApply);
    expect(await readlink(join(root, 'link'))).toBe('../outside.txt');
    expect(await readFile(join(base, 'outside.txt'), 'utf8')).toBe('untouched\n');
  });
});

describe('addWorktree', () => {
  it('has the revision and the installed packages, takes a patch, and leaves nothing', async () => {
    await mkdir(join(root, 'node_modules/pkg'), { recursive: true });
    await writeFile(join(root, 'node_modules/pkg/index.js'), 'module.exports = 1;\n');
    await writeFile(join(root, 'src/a.ts'), 'newer\n');
    await commitAll(root, { message: 'newer' });
    const tree = await addWorktree(root, first, join(base, 'boxes/one'));
    expect(await readFile(join(tree.dir, 'src/a.ts'), 'utf8')).toBe('one\ntwo\nthree\n');
    expect(await readFile(join(tree.dir, 'node_modules/pkg/index.js'), 'utf8')).toContain('module.exports');
    expect(await isClean(tree.dir)).toBe(true);
    await applyDiff(tree.dir, edit('src/a.ts'));
    const revision = await commitAll(tree.dir, { message: 'in the tree' });
    expect(await git(tree.dir, ['show', '--format=', '--name-only', revision])).toBe('src/a.ts\n');
    await expect(git(root, ['cat-file', '-e', revision])).rejects.toBeInstanceOf(GitError);
    await tree.remove();
    await tree.remove();
    expect(await readdir(join(base, 'boxes'))).toEqual([]);
    expect(await readdir(join(root, 'node_modules'))).toEqual(['pkg']);
    expect(await isClean(root)).toBe(true);
  });

  it('makes several at the same time', async () => {
    const trees = await Promise.all([...'abcdefgh'].map((name) => addWorktree(root, first, join(base, name))));
    await Promise.all(trees.map((tree) => tree.remove()));
    expect(await readdir(base)).toEqual(['outside.txt', 'repo']);
  });

  it('leaves nothing for a revision that does not exist', async () => {
    await expect(addWorktree(root, '1'.repeat(40), join(base, 'one'))).rejects.toBeInstanceOf(GitError);
    expect(await readdir(base)).toEqual(['outside.txt', 'repo']);
  });

  it('refuses a directory that is taken', async () => {
    await expect(addWorktree(root, first, join(root, 'src'))).rejects.toMatchObject({ code: 'EEXIST' });
    expect(await isClean(root)).toBe(true);
  });
});
