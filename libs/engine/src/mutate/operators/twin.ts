import { type FunctionRef, functionRef } from '../../functions.js';
import { isFunction } from '../../nodes.js';
import type { Change, MutationContext, MutationOperator } from '../mutation.js';
import { brief } from '../statements.js';
import { compare, type Hunk } from '../twin-hunks.js';
import { plain, type Twin, twinsOf } from '../twins.js';

const MOST_HUNKS = 24;

/**
 * What a near copy of the function says differently: the clone in a sibling version, a vendored copy, the build output of
 * the same source. Clones drift apart because a fix reached only one of them (Juergens et al.: "Do code clones matter?",
 * ICSE 2009: every second inconsistent change of clones was a fault). Each difference alone, then all at once.
 */
export const twin: MutationOperator = {
  name: 'twin',
  prior: 0.4,
  *propose(node, { file, others }: MutationContext): Iterable<Change> {
    if (!isFunction(node)) return;
    const own = functionRef(file, node);
    for (const found of twinsOf(own, others())) yield* differences(own, found);
  },
};

function* differences(own: FunctionRef, found: Twin): Iterable<Change> {
  const { of } = found;
  const { hunks, body } = compare(own, of);
  const where = `${of.name || 'a copy'} in ${of.file.path}`;
  const sameName = plain(of.name) === plain(own.name);
  const base = found.likeness ** 2 * (sameName ? 1 : 0.5);
  const groups = hunks.length > MOST_HUNKS ? [] : balancedGroups(hunks);
  const whole = groups.flat().length === hunks.length;
  if (body && sameName && !whole) yield { summary: `the whole body of ${where}`, edits: [body], weight: base * 0.85 };
  for (const group of groups) {
    const added = group.map(({ edit }) => edit.text).join(' ');
    const gone = group.map(({ edit }) => own.file.text.slice(edit.start, edit.end)).join(' ');
    yield {
      summary: `as ${where} has it: ${brief(added, 50)}${gone ? ` instead of ${brief(gone, 40)}` : ''}`,
      edits: group.map(({ edit }) => edit),
      weight: base * (groups.length === 1 ? 1 : 0.8),
    };
  }
  if (groups.length > 1 && sameName && whole)
    yield { summary: `all ${groups.length} differences from ${where}`, edits: hunks.map(({ edit }) => edit), weight: base * 0.9 };
}

/** Differences that leave brackets unbalanced belong together with the next ones. */
function balancedGroups(hunks: readonly Hunk[]): Hunk[][] {
  const groups: Hunk[][] = [];
  let open: Hunk[] = [];
  let depth = new Map<string, number>();
  for (const hunk of hunks) {
    open.push(hunk);
    for (const [tokens, by] of [
      [hunk.removed, -1],
      [hunk.added, 1],
    ] as const)
      for (const { text } of tokens) {
        const kind = '()[]{}'.indexOf(text);
        if (kind < 0 || text.length !== 1) continue;
        const bracket = '([{'[kind >> 1] as string;
        depth.set(bracket, (depth.get(bracket) ?? 0) + (kind % 2 === 0 ? by : -by));
      }
    if ([...depth.values()].some((count) => count !== 0)) continue;
    groups.push(open);
    open = [];
    depth = new Map();
  }
  return groups;
}
