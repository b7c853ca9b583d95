import { existsSync } from 'node:fs';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { git, initRepository } from '@selfheal/git';

/** What of a target's folder is not its source: the fault catalogue is ours, the rest is made. */
const LEFT_OUT = new Set(['faults', 'node_modules', 'dist', '.git', '.selfheal', 'coverage']);

export interface PreparedTarget {
  /** Absolute path of its git work tree. */
  readonly root: string;
  /** The commit of its good source. */
  readonly revision: string;
}

/** Copies a target's source to a git work tree of its own: what heals act on. What was at `into` is replaced. */
export async function prepareTarget({ from, into }: { readonly from: string; readonly into: string }): Promise<PreparedTarget> {
  await rm(into, { recursive: true, force: true });
  await mkdir(into, { recursive: true });
  await cp(from, into, { recursive: true, filter: (path) => path === from || !LEFT_OUT.has(basename(path)) });
  if (!existsSync(join(into, '.gitignore'))) await writeFile(join(into, '.gitignore'), 'node_modules\n.selfheal\n');
  return { root: into, revision: await initRepository(into, 'The shop as it was delivered') };
}

/** Puts the bytes of `revision` back as a new commit; nothing when they are there. Returns whether anything changed. */
export async function resetTarget(root: string, revision: string): Promise<boolean> {
  const differs = (await git(root, ['diff', '--name-only', '-z', revision, 'HEAD'])) !== '';
  const dirty = (await git(root, ['status', '--porcelain', '-z'])) !== '';
  if (!differs && !dirty) return false;
  await git(root, ['read-tree', '-u', '--reset', revision]);
  if (differs)
    await git(root, ['-c', 'user.name=demo', '-c', 'user.email=demo@localhost', 'commit', '--quiet', '-m', 'Back to the good source']);
  return true;
}
