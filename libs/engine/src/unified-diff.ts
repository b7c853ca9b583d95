import { applyPatch, createTwoFilesPatch, FILE_HEADERS_ONLY, parsePatch } from 'diff';

/** One file before and after; `undefined` stands for a file that is not there. */
export interface FileChange {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/**
 * A unified diff of one file with `a/` and `b/` prefixes and three lines of context, as `git apply` reads it. Empty
 * when nothing changed. Line ends and a missing newline at the end of the file are kept.
 */
export function unifiedDiff(path: string, before: string | undefined, after: string | undefined): string {
  if (before === after) return '';
  const from = before === undefined ? '/dev/null' : named(`a/${path}`);
  const to = after === undefined ? '/dev/null' : named(`b/${path}`);
  return createTwoFilesPatch(from, to, before ?? '', after ?? '', undefined, undefined, { context: 3, headerOptions: FILE_HEADERS_ONLY });
}

/** {@link unifiedDiff} of several files in one patch, in the order of their paths. */
export const unifiedDiffs = (changes: readonly FileChange[]): string =>
  [...changes]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ path, before, after }) => unifiedDiff(path, before, after))
    .join('');

export interface DiffStats {
  /** Paths that the diff touches, without the prefixes, sorted, each once. */
  readonly files: string[];
  /** Lines added plus lines removed. */
  readonly loc: number;
}

/** What a unified diff touches. @throws Error when the text is not a unified diff */
export function diffStats(diff: string): DiffStats {
  const patches = parsePatch(diff);
  const files = new Set<string>();
  let loc = 0;
  for (const { oldFileName, newFileName, hunks } of patches) {
    for (const name of [oldFileName, newFileName]) if (name && name !== '/dev/null') files.add(name.replace(/^[ab]\//, ''));
    for (const { lines } of hunks) loc += lines.filter((line) => line.startsWith('+') || line.startsWith('-')).length;
  }
  return { files: [...files].sort(), loc };
}

/**
 * The texts that a diff of other versions of these files gives, by path: its lines may have moved, and one line of context may differ.
 * Nothing when it does not fit, makes or deletes a file, or is no diff. Pure.
 */
export function reapply(diff: string, texts: ReadonlyMap<string, string>): Map<string, string> | undefined {
  const patched = new Map<string, string>();
  try {
    for (const patch of parsePatch(diff)) {
      const path = patch.oldFileName?.replace(/^a\//, '') ?? '';
      const before = texts.get(path);
      if (before === undefined || patch.newFileName?.replace(/^b\//, '') !== path || patched.has(path)) return undefined;
      // What is no hunk is read as one without a place.
      if (!patch.hunks.every(({ oldStart, newStart }) => Number.isInteger(oldStart) && Number.isInteger(newStart))) return undefined;
      const after = applyPatch(before, patch, { fuzzFactor: 1 });
      if (after === false) return undefined;
      patched.set(path, after);
    }
  } catch {
    return undefined;
  }
  return patched.size > 0 ? patched : undefined;
}

/** A path that would change the header's meaning cannot be in a diff. */
function named(path: string): string {
  if ([...path].some((c) => c < ' ' || c === '"' || c === '\\'))
    throw new RangeError('a path with control characters, quotes or backslashes');
  return path;
}
