import { chmod, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { applyFiles, NotApplicable } from './apply.js';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'selfheal-apply-'));
  await writeFile(join(root, 'a.js'), 'old a');
  await writeFile(join(root, 'b.js'), 'old b');
});
afterEach(() => rm(root, { recursive: true, force: true }));

const text = (path: string) => readFile(join(root, path), 'utf8');
const both = [
  { path: 'a.js', before: 'old a', after: 'new a' },
  { path: 'b.js', before: 'old b', after: 'new b' },
];

describe('putting a patch into the work tree', () => {
  it('writes every file, keeps the mode and leaves nothing beside them', async () => {
    await chmod(join(root, 'a.js'), 0o755);
    await applyFiles(root, [...both, { path: 'new/c.js', before: null, after: 'c' }]);
    expect([await text('a.js'), await text('b.js'), await text('new/c.js')]).toEqual(['new a', 'new b', 'c']);
    expect((await stat(join(root, 'a.js'))).mode & 0o777).toBe(0o755);
    expect((await readdir(root)).sort()).toEqual(['a.js', 'b.js', 'new']);
  });

  it('deletes what the patch deletes', async () => {
    await applyFiles(root, [{ path: 'a.js', before: 'old a', after: null }]);
    expect(await readdir(root)).toEqual(['b.js']);
  });

  it('writes nothing when one file has changed', async () => {
    await writeFile(join(root, 'b.js'), 'mine');
    await expect(applyFiles(root, both)).rejects.toThrow(new NotApplicable('b.js has changed since the heal began'));
    expect([await text('a.js'), await text('b.js')]).toEqual(['old a', 'mine']);
  });

  it('puts back what was written when a later file cannot be', async () => {
    // A folder cannot be replaced by a file: that comes out only when the first files are written already.
    const clash = ['late', 'late/deep/c.js'].map((path) => ({ path, before: null, after: 'c' }));
    await expect(applyFiles(root, [...both, ...clash])).rejects.toThrow(/could not be written/);
    expect([await text('a.js'), await text('b.js')]).toEqual(['old a', 'old b']);
    expect((await readdir(root)).sort()).toEqual(['a.js', 'b.js']);
  });

  it.each(['../out.js', '/tmp/out.js', 'x/../../out.js', '.git/config', ''])('refuses the path %j', async (path) => {
    await expect(applyFiles(root, [{ path, before: null, after: 'x' }])).rejects.toThrow(NotApplicable);
  });

  it('refuses to follow a link, and to leave the tree through one', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'selfheal-outside-'));
    try {
      await writeFile(join(outside, 'x.js'), 'old');
      await symlink(join(outside, 'x.js'), join(root, 'link.js'));
      await symlink(outside, join(root, 'folder'));
      for (const path of ['link.js', 'folder/x.js']) {
        await expect(applyFiles(root, [{ path, before: 'old', after: 'new' }])).rejects.toThrow(NotApplicable);
      }
      expect(await readFile(join(outside, 'x.js'), 'utf8')).toBe('old');
    } finally {
      await rm(outside, { recursive: true });
    }
  });
});
