import { importsOf } from '../ast/imports.js';
import { lineAt, type Source, textOf } from '../ast/source.js';
import { type Node, walk } from '../ast/walk.js';

/** Something in a file that a patch may not bring in (or may not take away). */
export interface Hit {
  /** What makes two occurrences the same: text that did not change is not new, wherever it moved. */
  readonly key: string;
  readonly what: string;
  readonly line: number;
}

/** What a rule may ask besides the node itself. */
export interface OpContext {
  readonly source: Source;
  /** Local names bound to modules: local name → module and member. */
  readonly bindings: ReadonlyMap<string, { readonly module: string; readonly member: string }>;
  text(node: Node): string;
}

/** A rule gives what is wrong with a node and, when the whole text of the node is too strict, a key. */
export interface OpFound {
  readonly what: string;
  readonly key?: string;
}
export type Op = (node: Node, ancestors: readonly Node[], context: OpContext) => OpFound | readonly OpFound[] | undefined;

/** Every place in `source` that one of `ops` finds. */
export function findOps(source: Source, ops: readonly Op[]): Hit[] {
  const bindings = new Map<string, { module: string; member: string }>();
  for (const { module, names } of importsOf(source))
    for (const [name, member] of names) bindings.set(name, { module: module ?? '?', member });
  const context: OpContext = { source, bindings, text: (node) => textOf(source, node) };
  const hits: Hit[] = [];
  walk(source.program, (node, ancestors) => {
    for (const op of ops) {
      const found = op(node, ancestors, context);
      for (const { what, key } of found === undefined ? [] : [found].flat()) {
        hits.push({ what, key: `${what}|${key ?? context.text(node)}`, line: lineAt(source.text, node.start) });
      }
    }
  });
  return hits;
}

/** The hits of `now` that `was` does not have, counting occurrences: a second copy of what was there is new. */
export function beyond(was: readonly Hit[], now: readonly Hit[]): Hit[] {
  const left = new Map<string, number>();
  for (const { key } of was) left.set(key, (left.get(key) ?? 0) + 1);
  return now.filter(({ key }) => {
    const count = left.get(key) ?? 0;
    left.set(key, count - 1);
    return count <= 0;
  });
}
