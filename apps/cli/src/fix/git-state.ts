import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { git } from '@selfheal/git';
import { type Change, changesIn } from './changes.js';

/** What git knows about the directory that is healed. */
export interface GitState {
  /** Top of the work tree. */
  readonly top: string;
  /** Changes that are not committed, with paths relative to the directory. */
  readonly changes: readonly Change[];
}

/**
 * Git's view of `directory` (absolute, real path); undefined when no repository tracks it: there is none, it cannot be
 * read, or it ignores the directory as a whole.
 */
export async function gitStateOf(directory: string, signal?: AbortSignal): Promise<GitState | undefined> {
  const top = topOf(directory);
  if (top === undefined) return undefined;
  const below = relative(top, directory).split(sep).join('/');
  const options = { ...(signal && { signal }) };
  try {
    if (below && (await git(top, ['check-ignore', '-q', '--', below], options).then(() => true, wasNo))) return undefined;
    const status = await git(top, ['status', '--porcelain', '-z', '--untracked-files=all', '--', below || '.'], options);
    return { top, changes: changesIn(status, below) };
  } catch {
    signal?.throwIfAborted();
    return undefined;
  }
}

/** `git check-ignore` says no with exit code 1. */
const wasNo = (error: unknown): false => {
  if (error instanceof Error && 'exitCode' in error && error.exitCode === 1) return false;
  throw error;
};

/** The nearest directory upwards with a `.git`, which is a file in a worktree and in a submodule. */
function topOf(directory: string): string | undefined {
  for (let at = directory; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (at === dirname(at)) return undefined;
  }
}

/** Those of `paths` (relative to `directory`) that git ignores. Empty without git. */
export async function ignoredOf(state: GitState | undefined, directory: string, paths: readonly string[]): Promise<string[]> {
  if (!state || paths.length === 0) return [];
  const below = relative(state.top, directory).split(sep).join('/');
  const input = paths.map((path) => (below ? `${below}/${path}` : path)).join('\0');
  const found = await git(state.top, ['check-ignore', '-z', '--stdin'], { input }).catch((error: unknown) => {
    wasNo(error);
    return '';
  });
  const ignored = new Set(found.split('\0'));
  return paths.filter((path) => ignored.has(below ? `${below}/${path}` : path));
}
