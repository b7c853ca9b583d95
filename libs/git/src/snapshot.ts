import { matchesGlob } from 'node:path';
import type { SourceSnapshot } from '@selfheal/contracts';
import { git, gitBytes } from './git.js';
import { checkedRevision } from './revision.js';

/** Larger files are not source that a heal reads. Bytes. */
export const MAX_FILE_BYTES = 1024 * 1024;
/** Bound on a whole snapshot. Bytes. */
export const MAX_SNAPSHOT_BYTES = 64 * 1024 * 1024;

export interface SnapshotFilter {
  /** Globs (`node:path` matchesGlob) against paths in the work tree; a file must match one. */
  readonly include: readonly string[];
  /** A file that matches one of these is left out. */
  readonly exclude?: readonly string[];
  readonly signal?: AbortSignal;
}

/** The sources chosen by the globs are more than a heal may read. */
export class SnapshotTooLarge extends Error {
  override readonly name = 'SnapshotTooLarge';
}

/**
 * The source files of `root` at `revision`, read from git's objects, so uncommitted changes never leak in.
 * Symbolic links, submodules, files that are not UTF-8 text and files over {@link MAX_FILE_BYTES} are left out.
 * @throws {SnapshotTooLarge} over {@link MAX_SNAPSHOT_BYTES}. @throws {GitError} for an unknown revision.
 */
export async function readSnapshot(
  root: string,
  revision: string,
  { include, exclude = [], signal }: SnapshotFilter,
): Promise<SourceSnapshot> {
  const listing = await git(root, ['ls-tree', '-r', '-z', '-l', '--full-tree', checkedRevision(revision)], { signal });
  const matches = (path: string, globs: readonly string[]) => globs.some((glob) => matchesGlob(path, glob));
  const blobs = listing
    .split('\0')
    .flatMap(parseEntry)
    .filter(({ size, path }) => size <= MAX_FILE_BYTES && matches(path, include) && !matches(path, exclude));
  const total = blobs.reduce((sum, { size }) => sum + size, 0);
  if (total > MAX_SNAPSHOT_BYTES) throw new SnapshotTooLarge(`sources are ${total} bytes, the limit is ${MAX_SNAPSHOT_BYTES}`);
  if (blobs.length === 0) return { revision, files: new Map() };
  const input = `${blobs.map(({ object }) => object).join('\n')}\n`;
  const contents = await gitBytes(root, ['cat-file', '--batch'], { input, signal });
  return { revision, files: new Map(readBatch(contents, blobs)) };
}

interface Blob {
  readonly object: string;
  readonly size: number;
  readonly path: string;
}

/** One line of `ls-tree -l -z`: `<mode> <type> <object> <size>TAB<path>`. Regular files only. */
function parseEntry(entry: string): Blob[] {
  const match = /^(100644|100755) blob ([0-9a-f]{40,64}) +(\d+)\t(.+)$/s.exec(entry);
  const [, , object, size, path] = match ?? [];
  return object && size && path ? [{ object, size: Number(size), path }] : [];
}

/** Answers of `cat-file --batch`, in the order asked: `<object> blob <size>LF<bytes>LF`. */
function* readBatch(output: Buffer, blobs: readonly Blob[]): Generator<[string, string]> {
  let at = 0;
  for (const { path, size } of blobs) {
    const start = output.indexOf(0x0a, at) + 1;
    const bytes = output.subarray(start, start + size);
    at = start + size + 1;
    const text = asText(bytes);
    if (text !== undefined) yield [path, text];
  }
}

/** Strict, and with the byte order mark kept: text that is written back must give the same bytes. */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function asText(bytes: Buffer): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}
