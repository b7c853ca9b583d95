import type { Binding } from '../../bindings.js';
import { similarity } from '../../names.js';
import type { Node } from '../../nodes.js';
import type { SourceFile } from '../../source-file.js';
import { bagOf, type Ingredient, neighbours, overlap, statementsIn } from '../ingredients.js';
import type { Change, MutationContext, MutationOperator } from '../mutation.js';
import { isGlobal, isReference, visibleAt } from '../scope.js';
import { brief, indentOf, insertAfter, insertBefore, isStatement, leaves, placeOf } from '../statements.js';

const PER_GAP = 14;
/** Of the ingredients in reach, so many of the best by context are tried with names of the place. */
const LOOKED_AT = 40;
const NEAREST = 300;

/**
 * A missing statement, taken from elsewhere in the file with its unknown variables renamed to those in scope: `if (err)
 * return callback(err);` that the sibling function has (async, SWE-smith remove_cond). Ranked by shared names and by how
 * much its neighbours there are like those here. Source: GenProg's insertion (Le Goues et al., TSE 2012) with the
 * context similarity of CapGen (Wen et al., ICSE 2018).
 */
export const insertStatement: MutationOperator = {
  name: 'insert-statement',
  prior: 0.022,
  *propose(node, { file }: MutationContext): Iterable<Change> {
    const place = isStatement(node) && node.type !== 'BlockStatement' ? placeOf(file, node) : undefined;
    if (!place || file.parentOf(node)?.type === 'Program') return;
    yield* gap(file, node, place.list[place.index - 1], node, 'before');
    if (place.index === place.list.length - 1 && !leaves(node)) yield* gap(file, node, node, undefined, 'after');
  },
};

function* gap(file: SourceFile, at: Node, previous: Node | undefined, next: Node | undefined, where: 'before' | 'after'): Iterable<Change> {
  const visible = visibleAt(file, at);
  const home = file.enclosingFunction(at);
  const ranked = nearest(statementsIn(file), at)
    .filter(({ node }) => node !== previous && node !== next && !(leaves(node) && next))
    .map((part) => ({ part, base: weigh(part, home, previous, next, file) }))
    .sort((a, b) => b.base - a.base)
    .slice(0, LOOKED_AT)
    .flatMap(({ part, base }) => renamed(part, visible).map(({ text, share }) => ({ text, weight: base * share })))
    .filter(({ text }) => !(previous && file.textOf(previous) === text) && !(next && file.textOf(next) === text))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, PER_GAP);
  const indent = indentOf(file, at);
  for (const { text, weight } of ranked) {
    const moved = text.replaceAll('\n', `\n${indent}`);
    yield {
      summary: `add ${brief(text)} ${where} ${brief(file.textOf(at), 40)}`,
      edits: [where === 'before' ? insertBefore(file, at, moved) : insertAfter(file, at, moved)],
      weight,
    };
  }
}

/** The ingredients nearest to a place, when there are very many. They are in source order. */
function nearest(all: readonly Ingredient[], at: Node): readonly Ingredient[] {
  if (all.length <= NEAREST) return all;
  let low = 0;
  for (let high = all.length; low < high; ) {
    const middle = (low + high) >> 1;
    if ((all[middle] as Ingredient).node.start < at.start) low = middle + 1;
    else high = middle;
  }
  const from = Math.max(0, Math.min(low - NEAREST / 2, all.length - NEAREST));
  return all.slice(from, from + NEAREST);
}

function weigh(part: Ingredient, home: Node | undefined, previous: Node | undefined, next: Node | undefined, file: SourceFile): number {
  const [before, after] = neighbours(part.file, part.node);
  const alike = (a: Node | undefined, b: Node | undefined) => (a && b ? overlap(bagOf(part.file, a), bagOf(file, b)) : a || b ? 0 : 0.5);
  const context = (alike(before, previous) + alike(after, next)) / 2;
  const near = part.home === home ? 0.6 : 0.5;
  const kind = part.node.type === 'VariableDeclaration' ? 0.4 : 1;
  return Math.min(1, (near * 0.5 + context * 0.8) * kind);
}

/** The ingredient's text with each name that is not known here replaced by one that is: at most one such name. */
function renamed(part: Ingredient, visible: ReadonlyMap<string, Binding>): { text: string; share: number }[] {
  const own = ownText(part);
  const declared =
    part.node.type === 'VariableDeclaration' ? new Set(part.node.declarations.map(({ id }) => part.file.textOf(id))) : new Set<string>();
  if ([...declared].some((name) => visible.has(name))) return [];
  const foreign = [...part.names].filter((name) => !visible.has(name) && !isGlobal(name) && !declared.has(name));
  if (foreign.length === 0) return [{ text: own, share: 1 }];
  if (foreign.length > 1) return [];
  const [unknown] = foreign as [string];
  return [...visible.keys()]
    .filter((name) => !part.names.has(name) && visible.get(name)?.scope.type !== 'Program')
    .slice(0, 8)
    .map((name, i) => ({ name, share: 0.35 + 0.4 * similarity(name, unknown) - 0.03 * i }))
    .sort((a, b) => b.share - a.share)
    .slice(0, 2)
    .map(({ name, share }) => ({ text: substitute(part, unknown, name), share: Math.max(0.05, share) }));
}

const ownText = (part: Ingredient): string => part.text.replaceAll(`\n${indentOf(part.file, part.node)}`, '\n');

/** The text with every use of one variable replaced by another. */
function substitute(part: Ingredient, from: string, to: string): string {
  let text = part.text;
  const uses = part.file
    .within(part.node)
    .filter((node) => node.type === 'Identifier' && node.name === from && isReference(part.file, node));
  for (const use of uses.reverse()) {
    const shorthand = part.file.parentOf(use);
    const replacement = shorthand?.type === 'Property' && shorthand.shorthand ? `${from}: ${to}` : to;
    text = text.slice(0, use.start - part.node.start) + replacement + text.slice(use.end - part.node.start);
  }
  return text.replaceAll(`\n${indentOf(part.file, part.node)}`, '\n');
}
