import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { copyFile, makeDir, makeLink } from './copy.js';
import { WorkTreeChangedError } from './limits.js';
import { type Change, changesBetween, type Entry, entryAt, isCache, listTree } from './listing.js';
import type { CopyPlan } from './plan.js';

/** The copy as it is now; directories of dependencies and caches that were not there at first are not looked into. */
export function listCopy(copy: string, before: ReadonlyMap<string, Entry>): Map<string, Entry> {
  return listTree(copy, (path, name) => before.has(path) || !isCache(name));
}

/**
 * Makes the copy again what `listing` says, from the original. Never follows a link: what stands in the place of a
 * directory is removed itself, not what it points to. `listing` is updated.
 * @returns what differed, parents first. Throws WorkTreeChangedError when the original is no longer what was copied.
 */
export function putBack(origin: string, copy: string, plan: CopyPlan, listing: Map<string, Entry>): Change[] {
  const changes = changesBetween(listing, listCopy(copy, listing));
  for (const { path, was } of changes) if (was !== 'deleted' && !isTouchedDir(listing, copy, path, was)) remove(join(copy, path));
  for (const { path, was } of changes) {
    if (was === 'created') continue;
    recreate(origin, copy, path, plan);
    const entry = entryAt(join(copy, path));
    if (entry !== undefined) listing.set(path, entry);
  }
  return changes;
}

/** A directory of which only the mode changed: it keeps what it holds. */
function isTouchedDir(listing: Map<string, Entry>, copy: string, path: string, was: Change['was']): boolean {
  return was === 'changed' && listing.get(path)?.kind === 'dir' && entryAt(join(copy, path))?.kind === 'dir';
}

function remove(path: string): void {
  rmSync(path, { recursive: true, force: true, maxRetries: 2 });
}

function recreate(origin: string, copy: string, path: string, plan: CopyPlan): void {
  const at = join(copy, path);
  const mode = plan.dirs.get(path);
  const planned = plan.files.get(path);
  if (mode !== undefined) makeDir(at, mode);
  else if (plan.links.has(path)) makeLink(copy, path, plan);
  else if (planned !== undefined) recopy(origin, at, path, planned);
}

function recopy(origin: string, at: string, path: string, planned: Entry): void {
  const now = entryAt(join(origin, path));
  if (now === undefined || now.size !== planned.size || now.mtimeNs !== planned.mtimeNs) throw new WorkTreeChangedError(path);
  copyFile(join(origin, path), at, planned);
}
