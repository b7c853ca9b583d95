import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { git } from './git.js';
import { checkedRevision, headRevision } from './revision.js';

export interface Person {
  readonly name: string;
  readonly email: string;
}

export const SELFHEAL: Person = { name: 'selfheal', email: 'selfheal@localhost' };

/** The work tree has no change to commit. */
export class NothingToCommit extends Error {
  override readonly name = 'NothingToCommit';
}

export interface CommitOptions {
  readonly message: string;
  /** Who the change is by. The committer is always selfheal. */
  readonly author?: Person;
  readonly signal?: AbortSignal;
}

/**
 * Commits every change of the work tree that git does not ignore and gives the new revision. Hooks do not run and
 * nothing is signed. @throws {NothingToCommit}
 */
export async function commitAll(root: string, options: CommitOptions): Promise<string> {
  await stageAll(root, options.signal);
  const staged = await git(root, ['diff', '--cached', '--name-only', '--no-renames', '-z'], { signal: options.signal });
  if (staged === '') throw new NothingToCommit(`nothing to commit in ${root}`);
  return await commit(root, options);
}

/** Makes `dir` a git repository (branch `main`) with everything in it as the first commit; gives its revision. */
export async function initRepository(dir: string, message: string): Promise<string> {
  await git(dir, ['init', '--quiet', '--initial-branch=main', '--template=']);
  await git(dir, ['add', '--all']);
  return await commit(dir, { message });
}

/** The unified diff that leads from one revision to another, without renames: what `applyDiff` accepts. */
export async function diffBetween(root: string, from: string, to: string): Promise<string> {
  const flags = ['--no-renames', '--no-ext-diff', '--no-textconv', '--no-color', '--src-prefix=a/', '--dst-prefix=b/'];
  return await git(root, ['diff', ...flags, checkedRevision(from), checkedRevision(to), '--']);
}

async function stageAll(root: string, signal?: AbortSignal): Promise<void> {
  await git(root, ['add', '--all'], { signal });
  // The ignore rule `node_modules/` does not match a link of that name, such as `addWorktree` makes.
  const modules = await lstat(join(root, 'node_modules')).catch(() => undefined);
  if (modules?.isSymbolicLink()) await git(root, ['reset', '--quiet', 'HEAD', '--', 'node_modules'], { signal });
}

async function commit(root: string, { message, author = SELFHEAL, signal }: CommitOptions): Promise<string> {
  const env = {
    GIT_AUTHOR_NAME: oneLine(author.name),
    GIT_AUTHOR_EMAIL: oneLine(author.email),
    GIT_COMMITTER_NAME: SELFHEAL.name,
    GIT_COMMITTER_EMAIL: SELFHEAL.email,
  };
  await git(root, ['commit', '--quiet', '--allow-empty', '--no-verify', '--cleanup=whitespace', '--file=-'], {
    input: message,
    env,
    signal,
  });
  return await headRevision(root);
}

/** A name or address as one header line of a commit object. */
const oneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\s<>]+/gu, ' ')
    .trim()
    .slice(0, 256) || 'unknown';
