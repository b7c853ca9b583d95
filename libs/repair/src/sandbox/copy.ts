import { chmodSync, constants, copyFileSync, lstatSync, mkdirSync, symlinkSync, utimesSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import type { Entry } from './listing.js';
import type { CopyPlan } from './plan.js';

/** Writes everything that the plan names into `copy`, an empty directory. Lets the event loop run now and then. */
export async function copyTree(root: string, copy: string, plan: CopyPlan, signal?: AbortSignal): Promise<void> {
  for (const [path, mode] of plan.dirs) makeDir(join(copy, path), mode);
  let done = 0;
  for (const [path, entry] of plan.files) {
    copyFile(join(root, path), join(copy, path), entry);
    if (++done % 200 === 0) {
      await breathe();
      signal?.throwIfAborted();
    }
  }
  for (const path of plan.links.keys()) makeLink(copy, path, plan);
}

/** A directory of the copy can always be written by its owner: patches and runs must be able to. */
export function makeDir(path: string, mode: number): void {
  mkdirSync(path, { recursive: true });
  const wanted = (mode & 0o777) | 0o700;
  if ((lstatSync(path).mode & 0o777) !== wanted) chmodSync(path, wanted);
}

/** Contents, mode and time; shares the blocks where the file system can. `to` must not exist. */
export function copyFile(from: string, to: string, entry: Entry): void {
  copyFileSync(from, to, constants.COPYFILE_FICLONE);
  const seconds = Number(entry.mtimeNs) / 1e9;
  utimesSync(to, seconds, seconds);
}

export function makeLink(copy: string, path: string, plan: CopyPlan): void {
  const link = plan.links.get(path);
  if (link === undefined) return;
  symlinkSync(link.inside ? relative(dirname(path), link.to) || '.' : link.to, join(copy, path));
}
