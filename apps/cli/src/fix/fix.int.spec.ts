import { mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { git, initRepository } from '@selfheal/git';
import type { FixReport } from '@selfheal/repair';
import { land } from './land.js';
import { openWorkTree } from './work-tree.js';

let root: string;
const signal = new AbortController().signal;
const write = (path: string, text: string) => writeFile(join(root, path), text);
const open = (flags: object = {}) => openWorkTree({ timeout: 1, maxAttempts: 1, cwd: root, ...flags }, signal);
const usage = (message: RegExp) => expect.objectContaining({ exitCode: 2, message: expect.stringMatching(message) });

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'selfheal-fix-')));
  await write('add.js', 'a - b');
  await write('.gitignore', 'secret.js\nnode_modules/\n');
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('opening the directory that is healed', () => {
  it('takes a clean repository, with a link to its dependencies', async () => {
    await initRepository(root, 'first');
    await symlink('/tmp', join(root, 'node_modules'));
    await expect(open()).resolves.toMatchObject({ root, git: { top: root, changes: [] } });
  });

  it('refuses changes that are not committed and lists them, unless forced', async () => {
    await initRepository(root, 'first');
    await write('add.js', 'mine');
    await write('new.ts', 'mine too');
    await expect(open()).rejects.toEqual(usage(/ M add\.js\n {2}\?\? new\.ts\n.*--force/s));
    await expect(open({ force: true })).resolves.toMatchObject({ root });
  });

  it('lists no more than a screen takes', async () => {
    await initRepository(root, 'first');
    for (let i = 0; i < 30; i++) await write(`new-${i}.js`, '');
    await expect(open()).rejects.toEqual(usage(/and 20 more/));
  });

  it('takes a part of a repository and minds its own changes only', async () => {
    await mkdir(join(root, 'part'));
    await write('part/x.js', 'x');
    await initRepository(root, 'first');
    await write('add.js', 'mine');
    await expect(open({ cwd: join(root, 'part') })).resolves.toMatchObject({ git: { top: root } });
    await write('part/x.js', 'mine');
    await expect(open({ cwd: join(root, 'part') })).rejects.toEqual(usage(/ M x\.js/));
  });

  it('takes a directory that no repository tracks: none there, or one that ignores it', async () => {
    await expect(open()).resolves.toEqual({ root, git: undefined });
    await initRepository(root, 'first');
    await mkdir(join(root, 'node_modules', 'dep'), { recursive: true });
    await expect(open({ cwd: join(root, 'node_modules', 'dep') })).resolves.toMatchObject({ git: undefined });
  });

  it('names --cwd when it is no directory', async () => {
    await expect(open({ cwd: join(root, 'nowhere') })).rejects.toEqual(usage(/--cwd: there is no directory/));
    await expect(open({ cwd: join(root, 'add.js') })).rejects.toEqual(usage(/--cwd: .* is not a directory/));
  });

  it('names --files when a pattern matches nothing, or only what git ignores', async () => {
    await initRepository(root, 'first');
    await write('secret.js', '');
    await expect(open({ files: ['*.js'] })).resolves.toMatchObject({ root });
    await expect(open({ files: ['*.js', 'src/**'] })).rejects.toEqual(usage(/--files: "src\/\*\*" matches no file/));
    await expect(open({ files: ['secret.js'] })).rejects.toEqual(usage(/--files/));
  });
});

const healed = (path: string): FixReport => ({
  status: 'healed',
  reason: null,
  message: 'mended',
  cause: null,
  playbook: null,
  engine: 'rules',
  confidence: 0.9,
  candidates_tried: 1,
  attempts: [],
  total_ms: 1,
  patch: `--- a/${path}\n+++ b/${path}\n@@ -1 +1 @@\n-a - b\n\\ No newline at end of file\n+a + b\n\\ No newline at end of file\n`,
  files: [{ path, before: 'a - b', after: 'a + b' }],
});
const status = () => git(root, ['status', '--porcelain']);

describe('what becomes of a patch', () => {
  it('lands in the work tree', async () => {
    await initRepository(root, 'first');
    const report = healed('add.js');
    await expect(land(await open(), report, {})).resolves.toEqual({ report, applied: 'applied' });
    expect(await readFile(join(root, 'add.js'), 'utf8')).toBe('a + b');
  });

  it('stays out of it with --dry-run', async () => {
    await initRepository(root, 'first');
    await expect(land(await open(), healed('add.js'), { dryRun: true })).resolves.toMatchObject({ applied: 'dry_run' });
    expect(await status()).toBe('');
  });

  it('stays out of it, and is shown, when the file was changed meanwhile', async () => {
    await initRepository(root, 'first');
    const tree = await open();
    await write('add.js', 'mine');
    const landed = await land(tree, healed('add.js'), {});
    expect(landed).toMatchObject({
      applied: 'none',
      report: { status: 'not_healed', reason: 'changed_meanwhile', patch: expect.stringContaining('+a + b') },
    });
    expect(landed.report.message).toContain('add.js has changed since the heal began');
    expect(await readFile(join(root, 'add.js'), 'utf8')).toBe('mine');
  });

  it.each(['.', 'part'])('never touches what git ignores (in %s)', async (folder) => {
    await mkdir(join(root, 'part'));
    await write('part/x.js', 'x');
    await initRepository(root, 'first');
    await writeFile(join(root, folder, 'secret.js'), 'a - b');
    const landed = await land(await open({ cwd: join(root, folder) }), healed('secret.js'), {});
    expect(landed).toMatchObject({ applied: 'none', report: { status: 'not_healed', reason: 'guardrail' } });
    expect(await readFile(join(root, folder, 'secret.js'), 'utf8')).toBe('a - b');
  });
});
