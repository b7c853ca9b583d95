import { applyEdits, type Edit, type RankedMutation, type SourceFile } from '@selfheal/engine';
import { type Candidate, type Origin, sizeOf } from './candidate.js';

/** One or more mutations of the base as one candidate; nothing when their edits overlap. */
export function mutationCandidate(
  mutations: readonly RankedMutation[],
  files: ReadonlyMap<string, SourceFile>,
  origin: Origin,
  prior: number,
): Candidate | undefined {
  const [first] = mutations;
  const file = first && files.get(first.path);
  if (!file) return undefined;
  const edits = new Map<string, Edit[]>();
  for (const mutation of mutations) edits.set(mutation.path, [...(edits.get(mutation.path) ?? []), ...mutation.edits]);
  if ([...edits.values()].some(overlap)) return undefined;
  const patch = new Map([...edits].map(([path, list]) => [path, applyEdits(files.get(path)?.text ?? '', list)]));
  return {
    patch,
    origin,
    template: [...new Set(mutations.map(({ operator }) => operator))].join('+'),
    summary: mutations
      .map(({ summary }) => summary)
      .join('; and ')
      .slice(0, 400),
    path: first.path,
    line: file.positionAt(first.node.start).line,
    prior,
    size: mutations.reduce((sum, mutation) => sum + sizeOf(mutation.edits), 0),
    mutations,
  };
}

/** Whether two edits touch the same text; two insertions at one place do too, as their order would be a guess. */
function overlap(edits: readonly Edit[]): boolean {
  const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  return sorted.some((edit, i) => {
    const before = sorted[i - 1];
    return before !== undefined && (edit.start < before.end || (edit.start === before.start && edit.end === before.end));
  });
}
