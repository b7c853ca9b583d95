import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { git } from './git.js';

/** Revision expressions we accept: never something that git could take for an option or a range. */
const REVISION = /^(?!.*\.\.)[A-Za-z0-9_][\w./@{}^~-]{0,255}$/;

/** Gives `revision` back when it is safe on a git command line. @throws {RangeError} */
export function checkedRevision(revision: string): string {
  if (!REVISION.test(revision)) throw new RangeError(`not a revision: ${JSON.stringify(revision.slice(0, 80))}`);
  return revision;
}

/** Full name of the commit that HEAD is at. @throws {GitError} without a commit. */
export async function headRevision(root: string): Promise<string> {
  return (await git(root, ['rev-parse', '--verify', 'HEAD^{commit}'])).trim();
}

/** Object name of the tree of `revision`: equal trees mean the same bytes in every tracked file. @throws {GitError} */
export async function treeOf(root: string, revision: string): Promise<string> {
  return (await git(root, ['rev-parse', '--verify', `${checkedRevision(revision)}^{tree}`])).trim();
}

/**
 * Whether the work tree has exactly the bytes of HEAD, with nothing untracked besides what git ignores. The
 * `node_modules` link that `addWorktree` makes does not count.
 */
export async function isClean(root: string): Promise<boolean> {
  const status = await git(root, ['status', '--porcelain', '-z', '--untracked-files=normal']);
  return status.split('\0').every((entry) => entry === '' || entry === '?? node_modules');
}

/** The nearest directory upwards (absolute paths) with a `.git`, which is a file in a worktree and in a submodule. */
export function topOf(directory: string): string | undefined {
  for (let at = directory; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (at === dirname(at)) return undefined;
  }
}
