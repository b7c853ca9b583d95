import { readdir, realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { git, topOf } from '@selfheal/git';

/** More files than this are more than a heal looks at. */
const MAX_FILES = 50_000;
/** What a tree without git leaves out. */
const NOT_SOURCE = new Set(['node_modules', '.git', '.hg', '.svn', 'coverage', '.nyc_output', '.cache', '.nx', '.next']);

/**
 * The files of a work tree that are not ignored, relative to the root, POSIX separators, sorted. With git, symbolic links and
 * files that were deleted since they were added are among them; without git neither is.
 */
export async function listFiles(directory: string, signal: AbortSignal): Promise<{ git: boolean; paths: string[] }> {
  // By a link's name nobody would find the repository around it.
  const root = await realpath(directory);
  const top = topOf(root);
  const below = top === undefined ? '' : relative(top, root).split(sep).join('/');
  const prefix = below && `${below}/`;
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', below || '.'];
  const listed = top === undefined ? undefined : await git(top, args, { signal }).catch(() => undefined);
  if (listed !== undefined)
    return {
      git: true,
      paths: [...new Set(listed.split('\0'))]
        .flatMap((path) => (path.startsWith(prefix) ? [path.slice(prefix.length)] : []))
        .filter((path) => path && !path.split('/').includes('node_modules'))
        .slice(0, MAX_FILES)
        .sort(),
    };
  return { git: false, paths: (await walk(root, '', signal)).sort() };
}

async function walk(root: string, folder: string, signal: AbortSignal): Promise<string[]> {
  const found: string[] = [];
  const pending = [folder];
  for (let at = pending.pop(); at !== undefined && found.length < MAX_FILES; at = pending.pop()) {
    signal.throwIfAborted();
    for (const entry of await readdir(join(root, at), { withFileTypes: true })) {
      const path = at ? `${at}/${entry.name}` : entry.name;
      if (entry.isDirectory() && !NOT_SOURCE.has(entry.name)) pending.push(path);
      else if (entry.isFile()) found.push(path);
    }
  }
  return found;
}
