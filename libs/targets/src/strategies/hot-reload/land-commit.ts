import { randomUUID } from 'node:crypto';
import { chmod, lstat, mkdir, rename, rm, rmdir } from 'node:fs/promises';
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
  for (const { path } of changed.filter((c) => c.deleted)) await removeFile(root, path);
  await git(root, ['read-tree', commit]);
  // Only refreshes cached file times; its exit code says whether anything differs, which is not asked here.
  await git(root, ['update-index', '-q', '--refresh']).catch(() => undefined);
}

/**
 * git itself writes the bytes (encodings, line endings, permissions) to a directory of its own; the rename makes each new file
 * whole or absent. That directory is inside `.git`: left behind by a crash, it does not make the work tree dirty.
 */
async function replaceFiles(root: string, commit: string, paths: readonly string[]): Promise<void> {
  if (paths.length === 0) return;
  const staging = join('.git', `selfheal-${randomUUID()}`);
  const env = { GIT_INDEX_FILE: join(root, `${staging}.index`) };
  try {
    await git(root, ['read-tree', commit], { env });
    await git(root, ['checkout-index', `--prefix=${staging}/`, '-z', '--stdin'], { env, input: `${paths.join('\0')}\0` });
    for (const path of paths) await replaceFile(join(root, staging, path), join(root, path));
  } finally {
    await rm(env.GIT_INDEX_FILE, { force: true });
    await rm(join(root, staging), { recursive: true, force: true });
  }
}

/** git knows only whether a file may be executed: all else about its permissions stays as it is. */
async function replaceFile(staged: string, file: string): Promise<void> {
  const [wanted, known] = await Promise.all([lstat(staged), lstat(file).catch(() => undefined)]);
  if (wanted.isFile() && known?.isFile()) {
    const mode = known.mode & 0o777;
    await chmod(staged, wanted.mode & 0o100 ? mode | ((mode & 0o444) >> 2) : mode & ~0o111);
  }
  await mkdir(dirname(file), { recursive: true });
  await rename(staged, file);
}

/** Removes a file and, as git does, the directories that are empty without it. */
async function removeFile(root: string, path: string): Promise<void> {
  await rm(join(root, path), { force: true });
  for (let dir = dirname(path); dir !== '.'; dir = dirname(dir)) {
    const removed = await rmdir(join(root, dir)).then(
      () => true,
      () => false,
    );
    if (!removed) return;
  }
}
