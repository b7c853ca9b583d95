import { type BigIntStats, chmodSync, lstatSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** What is at a path, as far as a stat tells: equal entries mean an untouched file. */
export interface Entry {
  readonly kind: 'file' | 'dir' | 'link' | 'other';
  readonly size: bigint;
  readonly mtimeNs: bigint;
  readonly ino: bigint;
  /** Permission bits. */
  readonly mode: number;
  /** Where a link points to, as written. */
  readonly target?: string;
}

/** By path relative to the root, `/` between parts; a directory is before what it holds. The root itself is not in it. */
export type Listing = ReadonlyMap<string, Entry>;

/** Directories and files that tools keep between runs, by name: neither copied back nor removed. */
const CACHES = new Set([
  '.cache',
  '.nyc_output',
  '.eslintcache',
  '.parcel-cache',
  '.rollup.cache',
  '.rts2_cache_cjs',
  '.swc',
  '.turbo',
  '.vite',
  '.nx',
  '.jest-cache',
  'coverage',
]);

export function isCache(name: string): boolean {
  return CACHES.has(name) || name.endsWith('.tsbuildinfo');
}

/** The entry at an absolute path, undefined when there is none. Does not follow a link. */
export function entryAt(path: string): Entry | undefined {
  const stat = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  const kind = kindOf(stat);
  return {
    kind,
    size: stat.size,
    mtimeNs: stat.mtimeNs,
    ino: stat.ino,
    mode: Number(stat.mode) & 0o7777,
    ...(kind === 'link' && { target: readlinkSync(path) }),
  };
}

function kindOf(stat: BigIntStats): Entry['kind'] {
  if (stat.isFile()) return 'file';
  if (stat.isDirectory()) return 'dir';
  return stat.isSymbolicLink() ? 'link' : 'other';
}

/**
 * Everything under `root`, without following links. `enter(path, name, kind)` says whether an entry is listed (and a
 * directory read).
 */
export function listTree(root: string, enter: (path: string, name: string) => boolean = () => true): Map<string, Entry> {
  const listing = new Map<string, Entry>();
  const open = [''];
  for (let dir = open.pop(); dir !== undefined; dir = open.pop()) {
    for (const name of readDir(join(root, dir))) {
      const path = dir === '' ? name : `${dir}/${name}`;
      if (!enter(path, name)) continue;
      const entry = entryAt(join(root, path));
      if (entry === undefined) continue;
      listing.set(path, entry);
      if (entry.kind === 'dir') open.push(path);
    }
  }
  return listing;
}

/** Whether two entries are the same untouched thing. Of a directory only its being one counts: its files speak for themselves. */
export function isSame(a: Entry, b: Entry): boolean {
  if (a.kind !== b.kind) return false;
  if (a.kind === 'dir') return a.mode === b.mode;
  if (a.kind === 'link') return a.target === b.target;
  return a.size === b.size && a.mtimeNs === b.mtimeNs && a.ino === b.ino && a.mode === b.mode;
}

/** A run may have locked a directory: it is opened again (that its mode changed has been seen already). */
function readDir(path: string): string[] {
  try {
    return readdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') throw error;
    chmodSync(path, 0o700);
    return readdirSync(path);
  }
}

/** What happened to a path between two listings. */
export interface Change {
  readonly path: string;
  readonly was: 'created' | 'changed' | 'deleted';
}

/** How the tree differs from what it was; created caches do not count. Parents before children. */
export function changesBetween(before: Listing, now: Listing): Change[] {
  const changes: Change[] = [];
  for (const [path, entry] of before) {
    const current = now.get(path);
    if (current === undefined) changes.push({ path, was: 'deleted' });
    else if (!isSame(entry, current)) changes.push({ path, was: 'changed' });
  }
  for (const path of now.keys()) if (!before.has(path)) changes.push({ path, was: 'created' });
  return changes;
}
