import { lstat, readFile } from 'node:fs/promises';
import { join, matchesGlob } from 'node:path';
import type { SourceSnapshot } from '@selfheal/contracts';
import { listFiles } from './list-files.js';

/** Files over this are never read: generated, bundled or data. Bytes. */
const MAX_FILE_BYTES = 2 * 1024 * 1024;
/** Bound on all that is read. Bytes. */
const MAX_TOTAL_BYTES = 64 * 1024 * 1024;
const READ = /\.(?:[cm]?[jt]sx?|json|ya?ml)$/;
const NAMED = /(?:^|\/)\.env(?:\.[\w-]+)?$/;
/** A line this long was not written by hand. */
const MINIFIED_LINE = 2000;

/** The work tree as the heal found it. */
export interface WorkTree {
  readonly root: string;
  /** Whether git tracks it. Without git every file counts as tracked. */
  readonly git: boolean;
  /** Texts of scripts and configuration that git does not ignore, by path relative to the root, POSIX separators. */
  readonly snapshot: SourceSnapshot;
  /** Files that were too large, or not text. */
  readonly skipped: readonly string[];
}

/**
 * Reads what a heal may look at: tracked and new files, never what git ignores.
 * @throws {Error} when the root cannot be read
 */
export async function readWorkTree(root: string, signal: AbortSignal): Promise<WorkTree> {
  const listed = await listFiles(root, signal);
  const files = new Map<string, string>();
  const skipped: string[] = [];
  let total = 0;
  for (const path of listed.paths) {
    if (!READ.test(path) && !NAMED.test(path)) continue;
    const text = await readText(join(root, path));
    if (text === undefined || total + text.length > MAX_TOTAL_BYTES) {
      skipped.push(path);
      continue;
    }
    total += text.length;
    files.set(path, text);
  }
  signal.throwIfAborted();
  return { root, git: listed.git, snapshot: { revision: 'work-tree', files }, skipped };
}

/** Whether a person wrote the file: a minified or generated one is no place to mend. */
export const isHandWritten = (text: string): boolean => {
  for (let from = 0, at = text.indexOf('\n'); ; from = at + 1, at = text.indexOf('\n', from)) {
    if ((at < 0 ? text.length : at) - from > MINIFIED_LINE) return false;
    if (at < 0) return true;
  }
};

/** Whether the path is among those that the user allows to be edited; no globs allow any. */
export const isAllowed = (path: string, globs: readonly string[] | undefined): boolean =>
  !globs || globs.some((glob) => matchesGlob(path, glob));

async function readText(path: string): Promise<string | undefined> {
  // Not through a link: what it leads to may lie outside, or is read under its own name.
  const info = await lstat(path).catch(() => undefined);
  if (!info?.isFile() || info.size > MAX_FILE_BYTES) return undefined;
  const bytes = await readFile(path).catch(() => undefined);
  if (!bytes || bytes.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
