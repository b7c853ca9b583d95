import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { GitError, git, SELFHEAL, treeOf } from '@selfheal/git';
import { DeployFailed } from '../strategy.js';

const IDENTITY = {
  GIT_AUTHOR_NAME: SELFHEAL.name,
  GIT_AUTHOR_EMAIL: SELFHEAL.email,
  GIT_COMMITTER_NAME: SELFHEAL.name,
  GIT_COMMITTER_EMAIL: SELFHEAL.email,
};

/** The commit that a diff makes of `base`, without touching work tree, index or branch. @throws DeployFailed `does-not-apply` */
export async function commitOfDiff(root: string, base: string, diff: string, message: string): Promise<string> {
  const index = join(root, '.git', `selfheal-index-${randomUUID()}`);
  const env = { GIT_INDEX_FILE: index };
  try {
    await git(root, ['read-tree', base], { env });
    await git(root, ['apply', '--cached', '--whitespace=nowarn', '-'], { env, input: diff });
    const tree = (await git(root, ['write-tree'], { env })).trim();
    return await commitTree(root, tree, base, message);
  } catch (error) {
    if (error instanceof GitError) throw new DeployFailed('does-not-apply', error.stderr.trim().slice(0, 1000), { cause: error });
    throw error;
  } finally {
    await rm(index, { force: true });
  }
}

/** A commit on top of `parent` with the very bytes of `of`. */
export const commitOfRevision = async (root: string, of: string, parent: string, message: string): Promise<string> =>
  commitTree(root, await treeOf(root, of), parent, message);

const commitTree = async (root: string, tree: string, parent: string, message: string): Promise<string> =>
  (await git(root, ['commit-tree', tree, '-p', parent, '-F', '-'], { env: IDENTITY, input: message })).trim();

/** One trailer of a commit's message (git-interpret-trailers(1)), empty when it has none. */
export const trailerOf = async (root: string, commit: string, key: string): Promise<string> =>
  (await git(root, ['log', '-1', `--format=%(trailers:key=${key},valueonly)`, commit])).trim();

/** A commit's message: one subject line, then trailers that say which heal it belongs to. */
export function commitMessage(subject: string, trailers: Readonly<Record<string, string>>): string {
  const oneLine = subject
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 120);
  const lines = Object.entries(trailers).map(([key, value]) => `${key}: ${value}`);
  // Without a subject git would not see the trailers.
  return `${oneLine || 'Patch'}\n\n${lines.join('\n')}\n`;
}
