import { applyEdits, type Edit } from '@selfheal/engine';
import { type Candidate, sizeOf } from './candidate.js';

/** A codemod's edits, from wherever it comes. */
export interface Codemod extends Pick<Candidate, 'origin' | 'template' | 'playbook' | 'summary' | 'prior'> {
  readonly edits: Readonly<Record<string, readonly Edit[]>>;
}

/** A codemod as a candidate; nothing when it touches a file that is not there, changes nothing or does not fit the text. */
export function codemodCandidate(codemod: Codemod, texts: ReadonlyMap<string, string>): Candidate | undefined {
  const { edits, ...rest } = codemod;
  const patch = new Map<string, string>();
  for (const [path, list] of Object.entries(edits)) {
    const before = texts.get(path);
    if (before === undefined) return undefined;
    const after = applied(before, list);
    if (after === undefined) return undefined;
    if (after !== before) patch.set(path, after);
  }
  const [path] = patch.keys();
  if (path === undefined) return undefined;
  const all = Object.values(edits).flat();
  const start = Math.min(...(edits[path] ?? []).map((edit) => edit.start));
  return { ...rest, patch, path, line: lineOf(texts.get(path) ?? '', start), size: sizeOf(all) };
}

/** A patch made of whole texts as a candidate; nothing when it changes nothing. */
export function patchCandidate(
  fix: Pick<Candidate, 'origin' | 'template' | 'playbook' | 'summary' | 'prior' | 'patch'>,
  texts: ReadonlyMap<string, string>,
): Candidate | undefined {
  const changed = [...fix.patch].filter(([path, text]) => texts.get(path) !== text);
  const [first] = changed;
  if (!first) return undefined;
  const [path, text] = first;
  const before = texts.get(path) ?? '';
  let same = 0;
  while (same < before.length && before.charCodeAt(same) === text.charCodeAt(same)) same++;
  const size = changed.reduce((sum, [name, after]) => sum + Math.abs(after.length - (texts.get(name)?.length ?? 0)) + 1, 0);
  return { ...fix, patch: new Map(changed), path, line: lineOf(before, same), size };
}

const applied = (text: string, edits: readonly Edit[]): string | undefined => {
  try {
    return applyEdits(text, edits);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};

const lineOf = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;
