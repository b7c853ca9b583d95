import { git } from '@selfheal/git';

/** Whether git ignores a path (relative to `root`). Where there is no git, or no repository, nothing is ignored. */
export async function ignoredPaths(root: string): Promise<(path: string) => boolean> {
  const found = await listIgnored(root);
  return (path) => {
    if (found.has(path)) return true;
    for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      if (found.has(path.slice(0, slash + 1))) return true;
    }
    return false;
  };
}

/** Ignored files, and ignored directories with a slash at the end. */
async function listIgnored(root: string): Promise<Set<string>> {
  try {
    const listed = await git(root, ['ls-files', '--others', '--ignored', '--exclude-standard', '--directory', '-z']);
    return new Set(listed.split('\0').filter(Boolean));
  } catch {
    return new Set();
  }
}
