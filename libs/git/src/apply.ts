import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { GitError, git } from './git.js';
import { readHeaders } from './patch-safety.js';

/** The diff does not fit the work tree, or is one that must not be applied. Nothing was changed. */
export class PatchDoesNotApply extends Error {
  override readonly name = 'PatchDoesNotApply';
}

export interface ApplyOptions {
  /** Only see whether it would apply. */
  readonly check?: boolean;
  /** Take the change back. */
  readonly reverse?: boolean;
  /** Apply to the index too, which must match the work tree. */
  readonly index?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Applies a unified diff (`a/`, `b/` prefixes) to the work tree at `root`: all of it or nothing. The diff is hostile:
 * paths outside the work tree or inside `.git`, and anything but regular text files, are refused. No fuzz: context
 * lines must be there byte for byte, but may have moved.
 * @throws {PatchDoesNotApply}
 */
export async function applyDiff(root: string, diff: string, { check, reverse, index, signal }: ApplyOptions = {}): Promise<void> {
  const headers = readHeaders(diff);
  if (headers.unsafe !== undefined) throw new PatchDoesNotApply(headers.unsafe);
  const direction = reverse ? ['--reverse'] : [];
  try {
    const changed = await git(root, ['apply', '--numstat', '-z', ...direction, '-'], { input: diff, signal });
    await refuseSurprises(root, changed, headers.paths);
    const flags = [...(check ? ['--check'] : []), ...(index ? ['--index'] : [])];
    await git(root, ['apply', '--whitespace=nowarn', '--no-ignore-whitespace', ...direction, ...flags, '-'], { input: diff, signal });
  } catch (error) {
    if (error instanceof GitError) throw new PatchDoesNotApply(error.stderr.trim().slice(0, 2000), { cause: error });
    throw error;
  }
}

/**
 * What git is about to change (`git apply --numstat -z`) must be what the headers name, and no symbolic link: a diff
 * without mode lines would rewrite where an existing one points.
 */
async function refuseSurprises(root: string, numstat: string, named: ReadonlySet<string>): Promise<void> {
  for (const entry of numstat.split('\0')) {
    const path = entry.split('\t')[2];
    if (!path) continue;
    if (!named.has(path))
      throw new PatchDoesNotApply(`git reads another path than the headers name: ${JSON.stringify(path.slice(0, 200))}`);
    const stat = await lstat(join(root, path)).catch(() => undefined);
    if (stat?.isSymbolicLink()) throw new PatchDoesNotApply(`${path} is a symbolic link`);
  }
}
