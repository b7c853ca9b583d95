import { applyPatch, parsePatch } from 'diff';
import type { PatchFile } from '../facts.js';
import { readDiff } from './read-diff.js';

/** A file of the base revision: its text and git mode. */
export interface AppliedFile {
  readonly text: string;
  readonly mode?: string | undefined;
}

/** The paths that a diff touches; empty when it is not a diff that we accept. */
export const pathsOf = (diff: string): string[] => readDiff(diff).sections.map((section) => section.path);

/**
 * The files that `diff` touches, before and after, without touching a disk. `base` gives a file of the base revision.
 * @throws {Error} when the diff is malformed or a hunk does not fit byte for byte
 */
export function applyToFiles(diff: string, base: (path: string) => AppliedFile | undefined): PatchFile[] {
  const { sections, problems } = readDiff(diff);
  if (problems[0]) throw new Error(problems[0]);
  const patches = parsePatch(diff);
  if (patches.length !== sections.length) throw new Error('two readers of the diff see a different number of files');
  return sections.map(({ path, creates, deletes }, i) => {
    const patch = patches[i];
    const was = base(path);
    const named = deletes ? patch?.oldFileName : patch?.newFileName;
    if (!patch || named?.replace(/^[ab]\//, '') !== path) throw new Error(`two readers of the diff see a different file at ${path}`);
    if (creates && was) throw new Error(`${path} is there already`);
    if (!creates && !was) throw new Error(`${path} is not on the base revision`);
    const after = applyPatch(was?.text ?? '', patch, { fuzzFactor: 0, autoConvertLineEndings: false });
    if (after === false) throw new Error(`the diff does not apply to ${path}`);
    if (deletes && after !== '') throw new Error(`${path} is deleted but has lines left`);
    return { path, before: was?.text ?? null, after: deletes ? null : after, ...(was?.mode && { mode: was.mode }) };
  });
}
