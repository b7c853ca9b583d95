import { lstat, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { git } from './git.js';
import { checkedRevision } from './revision.js';

export interface Worktree {
  /** Absolute path of the new work tree. */
  readonly dir: string;
  /** Deletes it. Safe to call twice. */
  remove(): Promise<void>;
}

/**
 * A second work tree with the files of `revision`, detached, in the new directory `dir` (its parents are made).
 *
 * It is a repository of its own that borrows the objects of `root` (gitrepository-layout(5), `info/alternates`) rather
 * than a `git worktree`: as fast, but any number can be made at the same time, nothing is recorded in `root` that a
 * crash could leave behind, and what runs in it has no way to the target's branches.
 *
 * Installed packages are linked into it: a `node_modules` in `root` that is not part of the revision.
 * @throws {GitError} for an unknown revision. @throws `EEXIST` when `dir` is taken. Nothing is left behind then.
 */
export async function addWorktree(root: string, revision: string, dir: string): Promise<Worktree> {
  const asked = ['rev-parse', '--show-object-format', '--git-path', 'objects', '--verify', `${checkedRevision(revision)}^{commit}`];
  const [format = 'sha1', objects = '', commit = ''] = (await git(root, asked)).trim().split('\n');
  await mkdir(join(dir, '..'), { recursive: true });
  await mkdir(dir);
  const remove = () => rm(dir, { recursive: true, force: true, maxRetries: 3 });
  try {
    await git(dir, ['init', '--quiet', '--template=', `--object-format=${format}`]);
    await mkdir(join(dir, '.git/objects/info'), { recursive: true });
    await writeFile(join(dir, '.git/objects/info/alternates'), `${resolve(root, objects)}\n`);
    await git(dir, ['checkout', '--quiet', '--detach', commit, '--']);
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
