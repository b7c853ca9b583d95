/** One change that is not committed. */
export interface Change {
  /** Relative to the directory that is healed. */
  readonly path: string;
  /** git's two letters: `M `, ` M`, `??`… */
  readonly code: string;
}

/** What a heal could edit: the loss of an untracked one could not be undone by git. */
const CODE = /\.(?:[cm]?[jt]sx?)$/;

/**
 * The changes that a heal must not mix with its own, out of `git status --porcelain -z`. As for `git describe --dirty`,
 * untracked files do not count; here untracked scripts do, since they might be edited and git could not bring them back.
 * `below` is the directory's path in the work tree, '' for its top.
 */
export function changesIn(status: string, below: string): Change[] {
  const entries = status.split('\0');
  const changes: Change[] = [];
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i] ?? '';
    const [code, path] = [entry.slice(0, 2), entry.slice(3)];
    if (!path) continue;
    // A rename is followed by the old name.
    if (/[RC]/.test(code)) i++;
    if (code === '??' && (!CODE.test(path) || path.split('/').includes('node_modules'))) continue;
    changes.push({ code, path: below && path.startsWith(`${below}/`) ? path.slice(below.length + 1) : path });
  }
  return changes;
}
