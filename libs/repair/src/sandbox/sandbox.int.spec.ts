import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { emptyDir, workTreeOf } from '../testing/work-tree-of.js';
import { SANDBOX_LIMITS, SandboxPathError, SandboxTooLargeError, WorkTreeChangedError } from './limits.js';
import { openSandbox, type Sandbox, type SandboxOptions } from './sandbox.js';

const open: Sandbox[] = [];
const sandboxOf = async (root: string, options?: SandboxOptions) => {
  const sandbox = await openSandbox(root, options);
  open.push(sandbox);
  return sandbox;
};
const read = (sandbox: Sandbox, path: string) => readFileSync(join(sandbox.root, path), 'utf8');

afterEach(async () => {
  for (const sandbox of open.splice(0)) await sandbox.close();
});

describe('openSandbox', () => {
  it('copies files with their modes and hidden ones, and no repository', async () => {
    const root = workTreeOf({ 'a.js': 'a', '.env': 'KEY=1', 'bin/run': '#!/bin/sh', '.git/HEAD': 'ref' });
    chmodSync(join(root, 'bin/run'), 0o755);
    const sandbox = await sandboxOf(root);
    expect([read(sandbox, 'a.js'), read(sandbox, '.env')]).toEqual(['a', 'KEY=1']);
    expect(statSync(join(sandbox.root, 'bin/run')).mode & 0o777).toBe(0o755);
    expect(existsSync(join(sandbox.root, '.git'))).toBe(false);
    expect(sandbox.root.startsWith(root)).toBe(false);
  });

  it('links dependencies to the real directory, also through a link and in a workspace', async () => {
    const elsewhere = workTreeOf({ 'node_modules/dep/index.js': 'dep' });
    const root = workTreeOf({ 'packages/a/node_modules/inner/index.js': 'inner' }, 'with space');
    symlinkSync(join(elsewhere, 'node_modules'), join(root, 'node_modules'));
    const sandbox = await sandboxOf(root);
    expect(readlinkSync(join(sandbox.root, 'node_modules'))).toBe(join(elsewhere, 'node_modules'));
    expect(realpathSync(join(sandbox.root, 'packages/a/node_modules/inner'))).toBe(join(root, 'packages/a/node_modules/inner'));
  });

  it('finds the copy of a workspace package, not the original', async () => {
    const root = workTreeOf({ 'packages/a/index.js': 'a', 'node_modules/dep/index.js': 'dep' });
    mkdirSync(join(root, 'node_modules/@own'));
    symlinkSync('../../packages/a', join(root, 'node_modules/@own/a'));
    const sandbox = await sandboxOf(root);
    expect(realpathSync(join(sandbox.root, 'node_modules/@own/a'))).toBe(join(sandbox.root, 'packages/a'));
    expect(realpathSync(join(sandbox.root, 'node_modules/dep'))).toBe(join(root, 'node_modules/dep'));
  });

  it('keeps links that stay inside and leaves out those that lead away, saying so', async () => {
    const outside = emptyDir();
    const root = workTreeOf({ 'lib/a.js': 'a' });
    symlinkSync('lib/a.js', join(root, 'inside.js'));
    symlinkSync(join(root, 'lib'), join(root, 'absolute'));
    symlinkSync(outside, join(root, 'away'));
    const sandbox = await sandboxOf(root);
    expect(readlinkSync(join(sandbox.root, 'inside.js'))).toBe('lib/a.js');
    expect(realpathSync(join(sandbox.root, 'absolute'))).toBe(join(sandbox.root, 'lib'));
    expect(existsSync(join(sandbox.root, 'away'))).toBe(false);
    expect(sandbox.notes.join()).toContain('away was left out');
  });

  it('names the limit that a work tree breaks, and leaves nothing behind', async () => {
    const root = workTreeOf({ 'a.bin': 'x'.repeat(3000) });
    const limits = { ...SANDBOX_LIMITS, softBytes: 1000, maxBytes: 2000 };
    await expect(openSandbox(root, { limits })).rejects.toThrow(SandboxTooLargeError);
    await expect(openSandbox(root, { limits })).rejects.toThrow(/limit 1 MiB/);
  });

  it('leaves out large files that git ignores when the tree is large, and keeps the small', async () => {
    const root = workTreeOf({ '.gitignore': 'data\n.env\n', '.env': 'KEY=1', 'data/big.bin': 'x'.repeat(5000), 'a.js': 'x'.repeat(2000) });
    execFileSync('git', ['init', '-q', root]);
    const sandbox = await sandboxOf(root, { limits: { ...SANDBOX_LIMITS, softBytes: 1000, maxIgnoredFile: 1000 } });
    expect([existsSync(join(sandbox.root, 'data/big.bin')), read(sandbox, '.env'), read(sandbox, 'a.js').length]).toEqual([
      false,
      'KEY=1',
      2000,
    ]);
    expect(sandbox.notes).toEqual(['1 files that git ignores were left out (each over 1000 bytes)']);
  });

  it('is gone after close, and stops when the signal fires', async () => {
    const root = workTreeOf({ 'a.js': 'a' });
    const sandbox = await openSandbox(root);
    await sandbox.close();
    await sandbox.close();
    expect(existsSync(sandbox.root)).toBe(false);
    await expect(openSandbox(root, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
  });
});

describe('write and restore', () => {
  it('writes a patch, new files too, and takes it back without calling that a change', async () => {
    const root = workTreeOf({ 'lib/a.js': 'base' });
    const sandbox = await sandboxOf(root);
    await sandbox.write(
      new Map([
        ['lib/a.js', 'one'],
        ['new/b.js', 'b'],
      ]),
    );
    await sandbox.write(new Map([['lib/a.js', 'two']]));
    expect([read(sandbox, 'lib/a.js'), read(sandbox, 'new/b.js'), readFileSync(join(root, 'lib/a.js'), 'utf8')]).toEqual([
      'two',
      'b',
      'base',
    ]);
    expect(await sandbox.restore()).toEqual([]);
    expect([read(sandbox, 'lib/a.js'), existsSync(join(sandbox.root, 'new'))]).toEqual(['base', false]);
  });

  it('puts back what a run deleted, changed and created, and names it', async () => {
    const sandbox = await sandboxOf(workTreeOf({ 'a.js': 'a', 'b.js': 'b', 'c.js': 'c', 'dir/d.js': 'd' }));
    await sandbox.write(new Map([['c.js', 'candidate']]));
    writeFileSync(join(sandbox.root, 'b.js'), 'B');
    for (const path of ['a.js', 'c.js', 'dir']) rmSync(join(sandbox.root, path), { recursive: true });
    mkdirSync(join(sandbox.root, 'out/deep'), { recursive: true });
    mkdirSync(join(sandbox.root, '.cache'));
    const changes = (await sandbox.restore()).map(({ path, was }) => `${path} ${was}`).sort();
    expect(changes).toEqual([
      'a.js deleted',
      'b.js changed',
      'c.js deleted',
      'dir deleted',
      'dir/d.js deleted',
      'out created',
      'out/deep created',
    ]);
    expect(['a.js', 'b.js', 'c.js', 'dir/d.js'].map((path) => read(sandbox, path))).toEqual(['a', 'b', 'c', 'd']);
    expect([existsSync(join(sandbox.root, 'out')), existsSync(join(sandbox.root, '.cache'))]).toEqual([false, true]);
    expect(await sandbox.restore()).toEqual([]);
  });

  it('never follows a link out of the tree when it deletes', async () => {
    const outside = workTreeOf({ 'precious.txt': 'precious' });
    const sandbox = await sandboxOf(workTreeOf({ 'lib/a.js': 'a' }));
    await sandbox.write(new Map([['lib/a.js', 'candidate']]));
    rmSync(join(sandbox.root, 'lib'), { recursive: true });
    symlinkSync(outside, join(sandbox.root, 'lib'));
    symlinkSync(outside, join(sandbox.root, 'more'));
    await sandbox.restore();
    expect(readFileSync(join(outside, 'precious.txt'), 'utf8')).toBe('precious');
    expect(existsSync(join(outside, 'a.js'))).toBe(false);
    expect([lstatSync(join(sandbox.root, 'lib')).isDirectory(), read(sandbox, 'lib/a.js')]).toEqual([true, 'a']);
  });

  it('puts back the link to the dependencies', async () => {
    const root = workTreeOf({ 'node_modules/dep/index.js': 'dep' });
    const sandbox = await sandboxOf(root);
    rmSync(join(sandbox.root, 'node_modules'));
    expect(await sandbox.restore()).toEqual([{ path: 'node_modules', was: 'deleted' }]);
    expect(readlinkSync(join(sandbox.root, 'node_modules'))).toBe(join(root, 'node_modules'));
  });

  it('refuses to put back a file whose original has changed since', async () => {
    const root = workTreeOf({ 'a.js': 'a' });
    const sandbox = await sandboxOf(root);
    writeFileSync(join(root, 'a.js'), 'edited by the user');
    rmSync(join(sandbox.root, 'a.js'));
    await expect(sandbox.restore()).rejects.toThrow(WorkTreeChangedError);
  });

  it.each(['../a.js', '/etc/passwd', 'lib/../../a.js', '.git/config', 'node_modules/x.js', 'link/a.js', 'lib', ''])(
    'does not write to %j',
    async (path) => {
      const root = workTreeOf({ 'lib/a.js': 'a' });
      symlinkSync('lib', join(root, 'link'));
      const sandbox = await sandboxOf(root);
      await expect(
        sandbox.write(
          new Map([
            ['lib/a.js', 'x'],
            [path, 'x'],
          ]),
        ),
      ).rejects.toThrow(SandboxPathError);
      expect(read(sandbox, 'lib/a.js')).toBe('a');
    },
  );

  it('takes less than 10 ms for 500 untouched files', async () => {
    const sandbox = await sandboxOf(workTreeOf(Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`d${n % 20}/f${n}.js`, 'x']))));
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 20; round++) {
      const start = performance.now();
      await sandbox.restore();
      best = Math.min(best, performance.now() - start);
    }
    expect(best).toBeLessThan(10);
  });
});
