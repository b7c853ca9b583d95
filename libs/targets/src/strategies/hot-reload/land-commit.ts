import { randomUUID } from 'node:crypto';
import { chmod, mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { git } from '@selfheal/git';

/**
 * Makes `commit` the head of the work tree at `root`, which is at `from`. The branch moves first, by compare-and-swap,
 * then each changed file is replaced by an atomic rename: nobody reads half a file, and whoever comes after a crash finds
 * at the head what was to be done.
 */
export async function landCommit(root: string, from: string, commit: string): Promise<void> {
  await git(root, ['update-ref', '-m', 'selfheal', 'HEAD', commit, from]);
  await writeFilesOf(root, from, commit);
}

/** Brings work tree and index from the bytes of `from` to those of `commit`. Running it again changes nothing. */
export async function writeFilesOf(root: string, from: string, commit: string): Promise<void> {
  const listing = await git(root, ['diff-tree', '-r', '-z', '--no-renames', '--name-status', from, commit]);
  const fields = listing.split('\0').filter(Boolean);
  const changed = fields.flatMap((field, i) => (i % 2 === 1 ? [{ path: field, deleted: fields[i - 1] === 'D' }] : []));
  await replaceFiles(
    root,
    commit,
    changed.filter((c) => !c.deleted).map((c) => c.path),
  );
  for (const { path } of changed.filter((c) => c.deleted)) await rm(join(root, path), { force: true });
  await git(root, ['read-tree', commit]);
  // Only refreshes cached file times; its exit code says whether anything differs, which is not asked here.
  await git(root, ['update-index', '-q', '--refresh']).catch(() => undefined);
}

/** git itself writes the bytes (encodings, line endings) beside the files; the rename makes each new one whole or absent. */
async function replaceFiles(root: string, commit: string, paths: readonly string[]): Promise<void> {
  if (paths.length === 0) return;
  const index = join(root, '.git', `selfheal-index-${randomUUID()}`);
  const env = { GIT_INDEX_FILE: index };
  try {
    await git(root, ['read-tree', commit], { env });
    const written = await git(root, ['checkout-index', '--temp', '-z', '--stdin'], { env, input: `${paths.join('\0')}\0` });
    for (const entry of written.split('\0').filter(Boolean)) {
      const tab = entry.indexOf('\t');
      await replaceFile(join(root, entry.slice(0, tab)), join(root, entry.slice(tab + 1)));
    }
  } finally {
    await rm(index, { force: true });
  }
}

async function replaceFile(temporary: string, file: string): Promise<void> {
  const mode = await stat(file).then(
    (s) => s.mode & 0o777,
    () => 0o644,
  );
  await mkdir(dirname(file), { recursive: true });
  await chmod(temporary, mode);
  await rename(temporary, file);
}
