import { relative, sep } from 'node:path';
import { GitError, git, topOf } from '@selfheal/git';
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
    if (below && (await ignoredIn(top, [below], signal)).size > 0) return undefined;
    const status = await git(top, ['status', '--porcelain', '-z', '--untracked-files=all', '--', below || '.'], options);
    return { top, changes: changesIn(status, below) };
  } catch {
    signal?.throwIfAborted();
    return undefined;
  }
}

/** Those of `paths` (relative to `directory`) that git ignores. Empty without git. */
export async function ignoredOf(state: GitState | undefined, directory: string, paths: readonly string[]): Promise<string[]> {
  if (!state || paths.length === 0) return [];
  const below = relative(state.top, directory).split(sep).join('/');
  const fromTop = (path: string) => (below ? `${below}/${path}` : path);
  const ignored = await ignoredIn(state.top, paths.map(fromTop));
  return paths.filter((path) => ignored.has(fromTop(path)));
}

/** Those of `paths` (relative to the top) that git ignores. @throws {GitError} */
async function ignoredIn(top: string, paths: readonly string[], signal?: AbortSignal): Promise<Set<string>> {
  // check-ignore takes literal paths but refuses to be told so; after ./ nothing in a path is special.
  const input = paths.map((path) => `./${path}`).join('\0');
  const env = { GIT_LITERAL_PATHSPECS: '0' };
  const found = await git(top, ['check-ignore', '-z', '--stdin'], { input, env, ...(signal && { signal }) }).catch((error: unknown) => {
    // It says that it ignores none of them with exit code 1.
    if (error instanceof GitError && error.exitCode === 1) return '';
    throw error;
  });
  return new Set(found.split('\0').flatMap((path) => (path ? [path.slice(2)] : [])));
}
