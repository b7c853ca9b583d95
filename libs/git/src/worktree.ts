import { lstat, mkdir, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { git } from './git.js';
import { checkedRevision } from './revision.js';

export interface Worktree {
  /** Absolute path of the new work tree. */
  readonly dir: string;
  /** Deletes it and its record in the repository. Safe to call twice. */
  remove(): Promise<void>;
}

/**
 * A second work tree of the repository at `root`, detached at `revision`, in the new directory `dir` (its parents are
 * made). Installed packages are linked into it: a `node_modules` in `root` that is not part of the revision.
 * @throws {GitError} when `dir` is taken or the revision unknown; nothing is left behind then.
 */
export async function addWorktree(root: string, revision: string, dir: string): Promise<Worktree> {
  await mkdir(dirname(dir), { recursive: true });
  await git(root, ['worktree', 'add', '--quiet', '--detach', '--force', '--', dir, checkedRevision(revision)]);
  const remove = async () => {
    await rm(dir, { recursive: true, force: true, maxRetries: 3 });
    await git(root, ['worktree', 'prune', '--expire=now']);
  };
  try {
    await linkModules(root, dir);
  } catch (error) {
    await remove();
    throw error;
  }
  return { dir, remove };
}

async function linkModules(root: string, dir: string): Promise<void> {
  const installed = join(root, 'node_modules');
  const link = join(dir, 'node_modules');
  if ((await exists(installed)) && !(await exists(link))) await symlink(installed, link, 'dir');
}

const exists = async (path: string): Promise<boolean> =>
  await lstat(path).then(
    () => true,
    () => false,
  );
