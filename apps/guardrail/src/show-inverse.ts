import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { GitError, git, treeOf } from '@selfheal/git';
import type { PatchFile } from '@selfheal/policy';

/** What git makes of a patch. */
export interface ShownInverse {
  /** Whether git gets from the base to exactly the expected files, and back to the base's tree: the same bytes. */
  readonly applies: boolean;
  /** The reverse diff; empty when it does not apply. */
  readonly inverse: string;
  /** Why not; empty when it applies. */
  readonly reason: string;
}

const DIFF_FLAGS = ['--no-renames', '--no-ext-diff', '--no-textconv', '--no-color', '--full-index', '--src-prefix=a/', '--dst-prefix=b/'];
const APPLY = ['apply', '--cached', '--whitespace=nowarn', '--no-ignore-whitespace', '-'];

/**
 * Applies `diff` to the base revision with git and takes it back by the reverse diff, in an index and an object store of
 * their own: nothing is written to the target, nothing is checked out, and a path cannot lead anywhere.
 */
export async function showInverse(
  root: string,
  base: string,
  diff: string,
  files: readonly PatchFile[],
  signal: AbortSignal,
): Promise<ShownInverse> {
  const dir = await mkdtemp(join(tmpdir(), 'selfheal-inverse-'));
  try {
    const shared = resolve(root, (await git(root, ['rev-parse', '--git-path', 'objects'], { signal })).trim());
    const env = {
      GIT_INDEX_FILE: join(dir, 'index'),
      GIT_OBJECT_DIRECTORY: join(dir, 'objects'),
      GIT_ALTERNATE_OBJECT_DIRECTORIES: shared,
    };
    await mkdir(env.GIT_OBJECT_DIRECTORY);
    const run = (args: readonly string[], input?: string) => git(root, args, { env, signal, ...(input !== undefined && { input }) });
    await run(['read-tree', base]);
    await run(APPLY, diff);
    const [before, patched] = [await treeOf(root, base), (await run(['write-tree'])).trim()];
    const unexpected = await differences(run, before, patched, files);
    if (unexpected) return refuse(unexpected);
    const inverse = await run(['diff', ...DIFF_FLAGS, patched, before, '--']);
    await run(APPLY, inverse);
    const restored = (await run(['write-tree'])).trim();
    return restored === before
      ? { applies: true, inverse, reason: '' }
      : refuse('the reverse diff does not lead back to the tree of the base revision');
  } catch (error) {
    if (error instanceof GitError) return refuse(error.message.slice(0, 500));
    throw error;
  } finally {
    await rm(dir, { recursive: true, force: true, maxRetries: 3 });
  }
}

const refuse = (reason: string): ShownInverse => ({ applies: false, inverse: '', reason });

/** How what git made differs from what the checks judged: other paths, modes or bytes. Nothing when it does not. */
async function differences(
  run: (args: readonly string[]) => Promise<string>,
  before: string,
  patched: string,
  files: readonly PatchFile[],
): Promise<string | undefined> {
  const raw = (await run(['diff-tree', '-r', '-z', '--no-renames', before, patched])).split('\0').filter(Boolean);
  const changed = new Map<string, string>();
  for (let i = 0; i + 1 < raw.length; i += 2) changed.set(raw[i + 1] ?? '', raw[i] ?? '');
  const expected = new Map(files.map((file) => [file.path, file]));
  const other = [...changed.keys()].find((path) => !expected.has(path)) ?? [...expected.keys()].find((path) => !changed.has(path));
  if (other !== undefined) return `git and the checks disagree on whether ${other} changes`;
  for (const [path, entry] of changed) {
    const [, from, to, , object] = /^:(\d{6}) (\d{6}) ([0-9a-f]+) ([0-9a-f]+) [AMDT]$/.exec(entry) ?? [];
    const regular = (mode: string | undefined) => mode === '100644' || mode === '100755' || mode === '000000';
    if (!object || !regular(from) || !regular(to)) return `${path} does not stay a regular file`;
    if (from !== '000000' && to !== '000000' && from !== to) return `${path} changes its mode`;
    const after = expected.get(path)?.after ?? null;
    if ((to === '000000') !== (after === null)) return `git and the checks disagree on whether ${path} is deleted`;
    if (after !== null && (await run(['cat-file', 'blob', object])) !== after)
      return `git makes other bytes of ${path} than the checks judged`;
  }
  return undefined;
}
