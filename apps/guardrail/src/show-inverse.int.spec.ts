import { chmod, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { applyDiff, commitAll, git, isClean, treeOf } from '@selfheal/git';
import { gatherFacts } from './gather-facts.js';
import { showInverse } from './show-inverse.js';
import { candidateOf, editOf, type TestTarget, targetOf } from './testing/target-of.js';

const files = { 'src/a.ts': 'one\ntwo\nthree\n', 'src/crlf.ts': 'a\r\nb', 'src/ü b.ts': 'x\n', 'src/run.ts': 'r\n' };
let given: TestTarget;
let revision: string;
const signal = AbortSignal.timeout(60_000);

beforeAll(async () => {
  given = await targetOf(files);
  await symlink('../../outside', join(given.target.root, 'src/link.ts'));
  await chmod(join(given.target.root, 'src/run.ts'), 0o755);
  revision = await commitAll(given.target.root, { message: 'links and modes' });
});
afterAll(async () => await given[Symbol.asyncDispose]());

const show = async (candidate = editOf(files['src/a.ts'], 'one\n2\nthree\n', 'src/a.ts')) => {
  const facts = await gatherFacts(given.target, revision, candidate, signal);
  return { facts, shown: await showInverse(given.target.root, revision, candidate.diff, facts.files, signal) };
};

describe('showInverse', () => {
  it.each<[string, string, string, string]>([
    ['an edit', 'src/a.ts', files['src/a.ts'], 'one\n2\nthree\nfour\n'],
    ['Windows line ends and no newline at the end', 'src/crlf.ts', files['src/crlf.ts'], 'a\r\nc'],
    ['a name with spaces and umlauts', 'src/ü b.ts', files['src/ü b.ts'], 'y\n'],
    ['an executable file', 'src/run.ts', files['src/run.ts'], 's\n'],
    ['trailing whitespace', 'src/a.ts', files['src/a.ts'], 'one  \ntwo\t\nthree\n'],
  ])('gives the reverse of %s, which restores every byte', async (_, path, before, after) => {
    const diff = path.includes(' ')
      ? editOf(before, after, path).diff.replaceAll(/"([ab])\/src\/\\303\\274 b.ts"/g, '$1/src/ü b.ts')
      : editOf(before, after, path).diff;
    const candidate = candidateOf(diff, [path]);
    const { shown } = await show(candidate);
    expect(shown).toMatchObject({ applies: true, reason: '' });
    const { root } = given.target;
    await applyDiff(root, candidate.diff, { index: true });
    const patched = await commitAll(root, { message: 'patched' });
    await applyDiff(root, shown.inverse, { index: true });
    expect(await treeOf(root, await commitAll(root, { message: 'restored' }))).toBe(await treeOf(root, revision));
    expect(await treeOf(root, patched)).not.toBe(await treeOf(root, revision));
  });

  it('writes nothing to the target', async () => {
    const { root } = given.target;
    const objects = async () => (await git(root, ['count-objects', '-v'])).trim();
    const before = [await objects(), await readdir(root)];
    expect((await show()).shown.applies).toBe(true);
    expect([await objects(), await readdir(root)]).toEqual(before);
    expect(await isClean(root)).toBe(true);
  });

  it('refuses what git makes otherwise than the checks judged', async () => {
    const { facts } = await show();
    const { diff } = facts;
    const { root } = given.target;
    const [file] = facts.files;
    if (!file) throw new Error('no file');
    const other = await showInverse(root, revision, diff, [{ ...file, after: 'harmless\n' }], signal);
    expect(other).toMatchObject({ applies: false, inverse: '', reason: expect.stringContaining('other bytes') });
    const more = await showInverse(root, revision, diff, [file, { path: 'src/crlf.ts', before: 'a', after: 'b' }], signal);
    expect(more.reason).toContain('disagree on whether src/crlf.ts changes');
    expect((await showInverse(root, revision, diff, [], signal)).applies).toBe(false);
  });

  it('refuses what does not apply', async () => {
    const { facts, shown } = await show(editOf('other\n', 'base\n', 'src/a.ts'));
    expect(facts.unreadable).toContain('does not apply');
    expect(shown.applies).toBe(false);
  });
});

describe('gatherFacts', () => {
  it('reads the base revision, not the work tree, with modes', async () => {
    const { facts } = await show();
    expect(facts.files).toEqual([{ path: 'src/a.ts', before: files['src/a.ts'], after: 'one\n2\nthree\n', mode: '100644' }]);
  });
  it('shows a symbolic link as one', async () => {
    const link =
      '--- a/src/link.ts\n+++ b/src/link.ts\n@@ -1 +1 @@\n-../../outside\n\\ No newline at end of file\n+/etc/passwd\n\\ No newline at end of file\n';
    const { facts } = await show(candidateOf(link));
    expect(facts.files[0]).toMatchObject({ path: 'src/link.ts', mode: '120000' });
  });
  it('does not believe a digest', async () => {
    const facts = await gatherFacts(given.target, revision, { ...editOf('a\n', 'b\n'), digest: '0'.repeat(64) }, signal);
    expect(facts).toMatchObject({ files: [], unreadable: expect.stringContaining('digest') });
  });
});
