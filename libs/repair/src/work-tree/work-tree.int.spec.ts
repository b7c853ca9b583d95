import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { emptyDir, workTreeOf } from '../testing/work-tree-of.js';
import { isAllowed, isHandWritten, readWorkTree } from './work-tree.js';

const signal = new AbortController().signal;
const gitInit = (root: string) => execFileSync('git', ['init', '-q'], { cwd: root });
const pathsOf = async (root: string) => [...(await readWorkTree(root, signal)).snapshot.files.keys()];

describe('what a heal reads', () => {
  it('is tracked and new files, never what git ignores', async () => {
    const root = workTreeOf({
      '.gitignore': 'dist/\n*.local.js\n',
      'a.js': 'tracked',
      'b.ts': 'new',
      'c.local.js': 'ignored',
      'dist/c.js': 'ignored',
      'node_modules/x/index.js': 'a dependency that nobody ignores',
      'README.md': 'no source',
      '.env': 'A=1',
      'config/app.yaml': 'a: 1',
    });
    gitInit(root);
    execFileSync('git', ['add', 'a.js', 'node_modules'], { cwd: root });
    const tree = await readWorkTree(root, signal);
    expect(tree.git).toBe(true);
    expect([...tree.snapshot.files]).toEqual([
      ['.env', 'A=1'],
      ['a.js', 'tracked'],
      ['b.ts', 'new'],
      ['config/app.yaml', 'a: 1'],
    ]);
  });

  it('is as it stands in the work tree, not as it was committed', async () => {
    const root = workTreeOf({ 'a.js': 'old', 'gone.js': 'x' });
    gitInit(root);
    execFileSync('git', ['add', '.'], { cwd: root });
    writeFileSync(join(root, 'a.js'), 'new');
    rmSync(join(root, 'gone.js'));
    const { snapshot } = await readWorkTree(root, signal);
    expect([...snapshot.files]).toEqual([['a.js', 'new']]);
  });

  it('is below the folder that was asked for, with paths from there', async () => {
    const root = workTreeOf({
      'packages/a/src/i.js': 'in',
      'packages/ab/i.js': 'next to it',
      'i.js': 'above',
      'packages/a/x.log.js': 'ign',
    });
    gitInit(root);
    writeFileSync(join(root, '.gitignore'), '*.log.js\n');
    expect(await pathsOf(join(root, 'packages/a'))).toEqual(['src/i.js']);
  });

  it('is the same by another name of the folder', async () => {
    const root = workTreeOf({ 'packages/a/src/i.js': 'in', 'packages/a/x.js': 'ignored', 'i.js': 'above', '.gitignore': 'x.js\n' });
    gitInit(root);
    const name = join(emptyDir(), 'link');
    symlinkSync(join(root, 'packages/a'), name);
    expect(await pathsOf(name)).toEqual(['src/i.js']);
  });

  it('is everything but dependencies without git', async () => {
    const root = workTreeOf({
      'a.js': '1',
      'lib/b.mjs': '2',
      'node_modules/x/i.js': '3',
      'lib/node_modules/y/i.js': '4',
      'coverage/c.js': '5',
    });
    const tree = await readWorkTree(root, signal);
    expect(tree.git).toBe(false);
    expect([...tree.snapshot.files.keys()]).toEqual(['a.js', 'lib/b.mjs']);
  });

  it.each([['with git', true] as const, ['without git', false] as const])('follows no symbolic link %s', async (_name, git) => {
    const outside = emptyDir();
    writeFileSync(join(outside, 'secret.json'), '{"key":1}');
    const root = workTreeOf({ 'a.js': '1' });
    if (git) gitInit(root);
    symlinkSync(join(outside, 'secret.json'), join(root, 'link.json'));
    symlinkSync(outside, join(root, 'folder'));
    symlinkSync('a.js', join(root, 'b.js'));
    symlinkSync('c.js', join(root, 'c.js'));
    expect(await pathsOf(root)).toEqual(['a.js']);
  });

  it('leaves out what is too large or no text, and says so', async () => {
    const root = workTreeOf({ 'a.js': '1', 'huge.js': 'a'.repeat(2 * 1024 * 1024 + 1), 'zero.js': 'a\0b' });
    writeFileSync(join(root, 'latin1.js'), Buffer.from([0x27, 0xe9, 0x27]));
    const tree = await readWorkTree(root, signal);
    expect([...tree.snapshot.files.keys()]).toEqual(['a.js']);
    expect(tree.skipped).toEqual(['huge.js', 'latin1.js', 'zero.js']);
  });

  it('keeps a byte order mark and line ends as they are', async () => {
    const root = workTreeOf({ 'a.js': '\uFEFFa\r\nb\r\n' });
    expect((await readWorkTree(root, signal)).snapshot.files.get('a.js')).toBe('\uFEFFa\r\nb\r\n');
  });

  it('reads names that are no plain words', async () => {
    const names = ['a b.js', 'é.js', '"q".js', 'tab\there.js', '-rf.js', ':(top)x.js'];
    const root = workTreeOf(Object.fromEntries(names.map((name) => [name, name])));
    gitInit(root);
    expect((await pathsOf(root)).sort()).toEqual([...names].sort());
  });

  it('stops when the signal fires, and rejects for a folder that is not there', async () => {
    const root = workTreeOf({ 'a.js': '1' });
    await expect(readWorkTree(root, AbortSignal.abort(new Error('stop')))).rejects.toThrow();
    await expect(readWorkTree(join(root, 'nowhere'), signal)).rejects.toThrow();
    mkdirSync(join(root, 'empty'));
    expect(await pathsOf(join(root, 'empty'))).toEqual([]);
  });
});

describe('who wrote a file', () => {
  it.each([
    ['', true],
    ['a\nb\n', true],
    [`${'x'.repeat(2000)}\n`, true],
    [`a\n${'x'.repeat(2001)}`, false],
    [`${'x'.repeat(2001)}\na`, false],
    ['short\n'.repeat(20_000), true],
  ])('is told by its longest line', (text, byHand) => {
    expect(isHandWritten(text)).toBe(byHand);
  });
});

describe('what the user allows', () => {
  it('is anything without globs, else what one of them matches', () => {
    expect(isAllowed('a/b.js', undefined)).toBe(true);
    expect(isAllowed('a/b.js', ['*.js'])).toBe(false);
    expect(isAllowed('a/b.js', ['*.js', 'a/**'])).toBe(true);
    expect(isAllowed('a/b.js', [])).toBe(false);
  });
});
