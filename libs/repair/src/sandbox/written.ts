import { chmodSync, lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, normalize, sep } from 'node:path';
import type { Patch } from '../oracle/oracle.js';
import { SandboxPathError } from './limits.js';
import { type Entry, entryAt, isSame } from './listing.js';

interface WrittenFile {
  /** What was there before; undefined for a new file. */
  readonly base: { readonly bytes: Buffer; readonly mode: number } | undefined;
  /** The stat after the last write. */
  after: Entry | undefined;
}

/** The files that patches have written into a copy, each with what was there before. */
export class WrittenFiles {
  readonly #files = new Map<string, WrittenFile>();
  constructor(private readonly root: string) {}

  /** Throws SandboxPathError for a path that leaves the copy, before anything is written. */
  write(patch: Patch): void {
    for (const path of patch.keys()) checkPath(this.root, path);
    for (const [path, text] of patch) {
      const at = join(this.root, path);
      const before = entryAt(at);
      const known = this.#files.get(path);
      const file = known ?? { base: before && { bytes: readFileSync(at), mode: before.mode }, after: undefined };
      if (before === undefined) mkdirSync(dirname(at), { recursive: true });
      writeOver(at, text, file.base?.mode);
      file.after = entryAt(at);
      this.#files.set(path, file);
    }
  }

  /**
   * Puts the files back and forgets them. `report(path, entry)` is told each file's new stat (undefined: gone), and
   * `touched` names those that somebody else changed after the write.
   */
  undo(report: (path: string, entry: Entry | undefined) => void): { path: string; was: 'changed' | 'deleted' }[] {
    const touched: { path: string; was: 'changed' | 'deleted' }[] = [];
    for (const [path, { base, after }] of this.#files) {
      const at = join(this.root, path);
      const parentIsOurs = isPlainDir(this.root, dirname(path));
      const now = parentIsOurs ? entryAt(at) : undefined;
      const untouched = now !== undefined && after !== undefined && isSame(now, after);
      if (!untouched) touched.push({ path, was: now === undefined ? 'deleted' : 'changed' });
      if (parentIsOurs) {
        if (!untouched || base === undefined) rmSync(at, { recursive: true, force: true });
        if (base !== undefined) writeOver(at, base.bytes, base.mode);
      }
      report(path, parentIsOurs ? entryAt(at) : undefined);
    }
    this.#files.clear();
    return touched;
  }
}

/** In place, so that the mode stays; a file that may not be written is made anew. */
function writeOver(at: string, content: string | Buffer, mode: number | undefined): void {
  try {
    writeFileSync(at, content);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') throw error;
    rmSync(at, { force: true });
    writeFileSync(at, content);
  }
  if (mode !== undefined && (lstatSync(at).mode & 0o7777) !== mode) chmodSync(at, mode);
}

/** Whether `dir` (relative) and everything above it, up to the root, are directories and no links. */
export function isPlainDir(root: string, dir: string): boolean {
  if (dir === '.' || dir === '') return true;
  let at = root;
  for (const part of dir.split('/')) {
    at = join(at, part);
    if (!lstatSync(at, { throwIfNoEntry: false })?.isDirectory()) return false;
  }
  return true;
}

function checkPath(root: string, path: string): void {
  const plain = normalize(path);
  const parts = plain.split(sep);
  if (path === '' || isAbsolute(path) || plain !== path || parts.includes('..') || path.includes('\0')) {
    throw new SandboxPathError(path, 'it is not a plain relative path');
  }
  if (parts.some((part) => part === '.git' || part === 'node_modules')) throw new SandboxPathError(path, 'no patch may write there');
  let at = root;
  for (const [index, part] of parts.entries()) {
    at = join(at, part);
    const stat = lstatSync(at, { throwIfNoEntry: false });
    if (stat === undefined) return;
    if (stat.isSymbolicLink()) throw new SandboxPathError(path, 'it goes through a link');
    const last = index === parts.length - 1;
    if (last ? !stat.isFile() : !stat.isDirectory()) throw new SandboxPathError(path, 'it is no file');
  }
}
