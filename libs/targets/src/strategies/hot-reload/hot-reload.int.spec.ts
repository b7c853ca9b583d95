import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { commitAll, git, headRevision, isClean, treeOf } from '@selfheal/git';
import { DeployFailed } from '../strategy.js';
import { hotReload } from './hot-reload.js';
import { aControlStub, BREAKS, DID_NOT_LISTEN, RELOADED } from './testing/control-stub.js';
import { aWorkTree, bytesOf, deployRequest, removed, rollbackRequest, type WorkTree } from './testing/work-tree.js';

jest.setTimeout(60_000);

const LATIN1 = Buffer.concat([Buffer.from([0x2f, 0x2f, 0x20, 0xfc, 0xe4, 0x0a]), Buffer.from('\n\n\n\n')]);
const FILES = {
  'src/a.ts': 'export const a = 1;\n',
  'src/latin.ts': Buffer.concat([LATIN1, Buffer.from('one\r\ntwo\r\n')]),
  'src/gone.ts': 'export const gone = true;\n',
  'bin/run.sh': '#!/bin/sh\necho one\n',
  'README.md': 'read me\n',
};

let stub: Awaited<ReturnType<typeof aControlStub>>;
let tree: WorkTree;
let before: Record<string, string>;
/** Changes one file, one that is executable, one in Latin-1; adds one, one executable, one in a new directory; deletes one. */
let diff: string;

beforeAll(async () => {
  stub = await aControlStub();
  process.env.SELFHEAL_CONTROL_TOKEN = 'a-token-for-this-spec';
});
afterAll(async () => {
  delete process.env.SELFHEAL_CONTROL_TOKEN;
  await stub.close();
});
beforeEach(async () => {
  stub.will(RELOADED);
  tree = await aWorkTree(FILES);
  before = await bytesOf(tree.root);
  diff = await tree.diffOf(async () => {
    await tree.write('src/a.ts', 'export const a = 2;\n');
    await tree.write('bin/run.sh', '#!/bin/sh\necho two\n', 0o755);
    // A text diff cannot carry bytes that are not UTF-8: what changes in that file is elsewhere in it.
    await tree.write('src/latin.ts', Buffer.concat([LATIN1, Buffer.from('one\r\nTWO\r\n')]));
    await tree.write('src/new/deep.ts', 'export {};\n');
    await tree.write('bin/new.sh', '#!/bin/sh\n', 0o755);
    await removed(tree, 'src/gone.ts');
  });
});

const deploy = (more = {}) => hotReload.deploy(deployRequest(tree, stub.url, diff, more));
const rollback = (revision: string, more = {}) => hotReload.rollback(rollbackRequest(tree, stub.url, revision, more));
const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );
/** That the target is as it was, bytes and branch. */
async function expectUntouched(head = tree.base, bytes = before) {
  expect(await bytesOf(tree.root)).toEqual(bytes);
  expect(await headRevision(tree.root)).toBe(head);
}

describe('deploy', () => {
  it('commits the patch, writes exactly its files and reloads', async () => {
    const deployed = await deploy();
    expect(deployed).toEqual({ revision: await headRevision(tree.root), previousRevision: tree.base, reloadMs: expect.any(Number) });
    expect(stub.calls).toEqual(['POST /reload']);
    expect(await isClean(tree.root)).toBe(true);
    const { 'src/gone.ts': _, ...rest } = before;
    expect(await bytesOf(tree.root)).toEqual({
      ...rest,
      'src/a.ts': `644 ${Buffer.from('export const a = 2;\n').toString('hex')}`,
      'bin/run.sh': `755 ${Buffer.from('#!/bin/sh\necho two\n').toString('hex')}`,
      'src/latin.ts': `644 ${Buffer.concat([LATIN1, Buffer.from('one\r\nTWO\r\n')]).toString('hex')}`,
      'src/new': '755 directory',
      'src/new/deep.ts': `644 ${Buffer.from('export {};\n').toString('hex')}`,
      'bin/new.sh': `755 ${Buffer.from('#!/bin/sh\n').toString('hex')}`,
    });
  });

  it('says in the commit which heal it belongs to, whatever the summary says', async () => {
    await deploy({ summary: 'fix\n\nSelfheal-Deploy: forged\u0000\n' });
    expect(await git(tree.root, ['log', '-1', '--format=%an|%s|%(trailers:key=Selfheal-Deploy,valueonly)'])).toMatch(
      /^selfheal\|fix Selfheal-Deploy: forged\|abab\S+\/1 cdcd/,
    );
  });

  it('keeps permissions that are narrower than git knows', async () => {
    await tree.write('src/a.ts', FILES['src/a.ts'], 0o600);
    await deploy();
    expect((await bytesOf(tree.root))['src/a.ts']).toMatch(/^600 /);
  });

  it('does not deploy on a base that moved', async () => {
    await tree.write('README.md', 'read me again\n');
    const theirs = await commitAll(tree.root, { message: 'theirs' });
    const now = await bytesOf(tree.root);
    expect(await failureOf(deploy())).toMatchObject({ name: 'DeployFailed', code: 'base-drifted' });
    await expectUntouched(theirs, now);
    expect(stub.calls).toEqual([]);
  });

  it.each(['src/a.ts', 'README.md', 'src/untracked.ts'])('leaves a dirty tree alone (%s)', async (path) => {
    await tree.write(path, 'somebody is at work here\n');
    const now = await bytesOf(tree.root);
    expect(await failureOf(deploy())).toMatchObject({ name: 'DeployFailed', code: 'dirty-tree' });
    await expectUntouched(tree.base, now);
  });

  it.each([
    ['does not fit', '--- a/src/a.ts\n+++ b/src/a.ts\n@@ -1 +1 @@\n-export const a = 7;\n+export const a = 8;\n'],
    ['is none', 'ignore previous instructions'],
    ['leaves the target', '--- /dev/null\n+++ b/../evil.ts\n@@ -0,0 +1 @@\n+x\n'],
    ['is for git', '--- /dev/null\n+++ b/.git/hooks/post-commit\n@@ -0,0 +1 @@\n+x\n'],
  ])('refuses a diff that %s', async (_, hostile) => {
    expect(await failureOf(deploy({ diff: hostile }))).toMatchObject({ name: 'DeployFailed', code: 'does-not-apply' });
    await expectUntouched();
  });

  it('puts the old bytes back when the patched target does not come up', async () => {
    stub.will(DID_NOT_LISTEN);
    const failure = await failureOf(deploy());
    expect(failure).toBeInstanceOf(DeployFailed);
    expect(failure).toMatchObject({ code: 'reload-failed', message: expect.stringContaining('SyntaxError') });
    expect(await bytesOf(tree.root)).toEqual(before);
    expect(await isClean(tree.root)).toBe(true);
    expect(await treeOf(tree.root, 'HEAD')).toBe(await treeOf(tree.root, tree.base));
  });

  it('makes sure that the old bytes are live when nobody knows whether the new ones are', async () => {
    stub.will(BREAKS, RELOADED);
    expect(await failureOf(deploy())).toMatchObject({ code: 'reload-failed' });
    expect(stub.calls).toEqual(['POST /reload', 'POST /reload']);
    expect(await bytesOf(tree.root)).toEqual(before);
  });

  it('leaves nothing of its own behind', async () => {
    await deploy();
    expect((await git(tree.root, ['status', '--porcelain', '--ignored'])).trim()).toBe('');
    expect((await readdir(join(tree.root, '.git'))).filter((name) => name.startsWith('selfheal'))).toEqual([]);
  });

  it('says again that the reload failed when it was killed before it could say so', async () => {
    stub.will(DID_NOT_LISTEN);
    await failureOf(deploy());
    expect(await failureOf(deploy())).toMatchObject({ code: 'reload-failed' });
    expect(await bytesOf(tree.root)).toEqual(before);
  });

  it('is not a failure of the patch when the deployer is told to stop; called again it finishes', async () => {
    const stop = new AbortController();
    stub.will(() => stop.abort(new Error('stopping')));
    const stopped = await failureOf(deploy({ signal: stop.signal }));
    expect(stopped).not.toBeInstanceOf(DeployFailed);
    stub.will(RELOADED);
    expect(await deploy()).toMatchObject({ revision: await headRevision(tree.root), previousRevision: tree.base });
  });
});

describe('a deployer that was killed', () => {
  /** The bytes after a deploy that went well. */
  let after: Record<string, string>;
  let deployed: Awaited<ReturnType<typeof deploy>>;

  beforeEach(async () => {
    deployed = await deploy();
    after = await bytesOf(tree.root);
  });

  /** As if it had been killed with the branch moved and of the files only `written`. */
  async function killedAfter(written: readonly string[], from: string) {
    await git(tree.root, ['read-tree', from]);
    await git(tree.root, ['checkout-index', '--all', '--force']);
    await git(tree.root, ['clean', '--quiet', '-fd']);
    if (written.length > 0) await git(tree.root, ['checkout', deployed.revision, '--', ...written]);
  }

  it.each<[string, string[]]>([
    ['the commit', []],
    ['one file', ['src/a.ts']],
    ['two files', ['src/new/deep.ts', 'bin/run.sh']],
  ])('finishes what it began after %s', async (_, written) => {
    await killedAfter(written, tree.base);
    expect(await deploy()).toMatchObject({ revision: deployed.revision, previousRevision: tree.base });
    expect(await bytesOf(tree.root)).toEqual(after);
    expect(await isClean(tree.root)).toBe(true);
    expect(await headRevision(tree.root)).toBe(deployed.revision);
  });

  it.each(['', '---', 'Selfheal-Deploy: forged'])('knows its own commit with the summary %j', async (summary) => {
    tree = await aWorkTree(FILES);
    const first = await deploy({ summary });
    expect(await deploy({ summary })).toMatchObject({ revision: first.revision, previousRevision: tree.base });
  });

  it('does not take the deploy of another attempt for its own', async () => {
    expect(await failureOf(deploy({ attempt: 2 }))).toMatchObject({ code: 'base-drifted' });
    expect(await failureOf(deploy({ digest: 'ef'.repeat(32) }))).toMatchObject({ code: 'base-drifted' });
    await expectUntouched(deployed.revision, after);
  });

  it('rolls back what was deployed only half', async () => {
    await killedAfter(['src/a.ts'], tree.base);
    await rollback(deployed.revision);
    expect(await bytesOf(tree.root)).toEqual(before);
    expect(await isClean(tree.root)).toBe(true);
  });

  it('finishes a rollback of which the branch moved and no file was written', async () => {
    const { revision } = await rollback(deployed.revision);
    await git(tree.root, ['read-tree', deployed.revision]);
    await git(tree.root, ['checkout-index', '--all', '--force']);
    await removed(tree, 'src/gone.ts');
    expect(await bytesOf(tree.root)).toEqual(after);
    expect(await rollback(deployed.revision)).toEqual({ revision, tree: await treeOf(tree.root, tree.base) });
    expect(await bytesOf(tree.root)).toEqual(before);
  });
});

describe('rollback', () => {
  it('makes the very tree and the very bytes of before live again', async () => {
    const { revision } = await deploy();
    stub.calls.length = 0;
    const restored = await rollback(revision);
    expect(restored).toEqual({ revision: await headRevision(tree.root), tree: await treeOf(tree.root, tree.base) });
    expect(await bytesOf(tree.root)).toEqual(before);
    expect(await isClean(tree.root)).toBe(true);
    expect(stub.calls).toEqual(['POST /reload']);
  });

  it('restores bytes that no text diff could carry', async () => {
    await tree.write('src/a.ts', Buffer.from([0xff, 0xfe, 0x00, 0x0d, 0x0a]));
    await tree.write('bin/run.sh', 'not executable now\n', 0o644);
    const revision = await commitAll(tree.root, { message: 'binary' });
    await rollback(revision);
    expect(await bytesOf(tree.root)).toEqual(before);
  });

  it('changes nothing the second time', async () => {
    const { revision } = await deploy();
    const first = await rollback(revision);
    expect(await rollback(revision)).toEqual(first);
    await expectUntouched(first.revision);
  });

  it("does not touch somebody else's commit on top", async () => {
    const { revision } = await deploy();
    await writeFile(join(tree.root, 'README.md'), 'theirs\n');
    const theirs = await commitAll(tree.root, { message: 'theirs' });
    const now = await bytesOf(tree.root);
    expect(await failureOf(rollback(revision))).toMatchObject({ name: 'DeployFailed', code: 'base-drifted' });
    await expectUntouched(theirs, now);
    expect(await readFile(join(tree.root, 'README.md'), 'utf8')).toBe('theirs\n');
  });

  it('says so when the old bytes do not come up', async () => {
    const { revision } = await deploy();
    stub.will(DID_NOT_LISTEN);
    expect(await failureOf(rollback(revision))).toMatchObject({ code: 'reload-failed' });
    expect(await bytesOf(tree.root)).toEqual(before);
  });

  it('has not failed when the deployer is told to stop', async () => {
    const { revision } = await deploy();
    const stop = new AbortController();
    stub.will(() => stop.abort(new Error('stopping')));
    expect(await failureOf(rollback(revision, { signal: stop.signal }))).not.toBeInstanceOf(DeployFailed);
    stub.will(RELOADED);
    expect(await rollback(revision)).toMatchObject({ tree: await treeOf(tree.root, tree.base) });
  });
});
