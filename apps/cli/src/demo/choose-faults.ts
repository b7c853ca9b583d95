import type { Fault } from '@selfheal/stack';
import { usageError } from '../errors.js';
import { table } from '../output/table.js';

/** The fault that is shown unless another is asked for: the customer's RETURN_API_FAILURE. */
export const FIRST = 'returns-schema-mismatch';

/** The faults to heal, in order. @throws CommandError with the nearest name and the list for a name that is not there */
export function chooseFaults(catalogue: readonly Fault[], { fault = FIRST, all = false }: { fault?: string; all?: boolean }): Fault[] {
  if (all) return [...catalogue];
  const found = catalogue.find(({ name }) => name === fault);
  if (found) return [found];
  const nearest = nearestName(
    fault,
    catalogue.map(({ name }) => name),
  );
  throw usageError([`no fault is named ${JSON.stringify(fault)}; did you mean ${nearest}?`, '', ...catalogueLines(catalogue)].join('\n'));
}

export const catalogueLines = (catalogue: readonly Fault[]): string[] =>
  table([['fault', 'family', 'title'], ...catalogue.map(({ name, family, title }) => [name, family, title])]);

/** The name with the fewest edits to `asked`; a name that holds it is nearer than any that does not. */
export function nearestName(asked: string, names: readonly string[]): string | undefined {
  const score = (name: string) => (name.includes(asked) ? 0 : distance(asked, name));
  return names.toSorted((a, b) => score(a) - score(b))[0];
}

/** Levenshtein's edit distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, from] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, to] of [...b].entries()) {
      next.push(Math.min((row[j] ?? 0) + (from === to ? 0 : 1), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
