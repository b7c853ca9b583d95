import { lookup, type Node, type NodeOf, type SourceFile, shapeOf, unwrap } from '@selfheal/engine';
import { before, changesOf, type Iteration, iterationsOf } from '../shared/iterations.js';
import type { Scene } from '../shared/scene.js';

/** A list that is searched inside a loop. */
export interface SearchedList {
  readonly name: string;
  /** The list's text, such as `order.items`. */
  readonly text: string;
  /** The outermost iteration before which an index of the list may be built. */
  readonly iteration: Iteration;
  /** The statement before which it is built. */
  readonly statement: Node;
  /** What changes the list while the iteration runs; empty for most. */
  readonly changes: readonly Node[];
}

/**
 * The list that a method is called on, when the call repeats and the list is there before. Lists are plain names or
 * properties of names; what is known to be a string is no list.
 */
export function searchedList(scene: Scene, file: SourceFile, call: NodeOf<'CallExpression'>): SearchedList | undefined {
  if (call.callee.type !== 'MemberExpression') return undefined;
  const list = unwrap(call.callee.object);
  const root = rootName(list);
  if (!root || shapeOf(scene.project, file, list)?.kind === 'primitive') return undefined;
  const declared = lookup(file, root.name, root);
  const usable = iterationsOf(file, call).filter(({ node }) => !declared || declared.id.end <= node.start || declared.id.start >= node.end);
  const iteration = usable.at(-1);
  const statement = iteration && before(file, iteration);
  if (!iteration || !statement) return undefined;
  return { name: root.name, text: file.textOf(list), iteration, statement, changes: changesOf(file, root.name, iteration.node) };
}

function rootName(node: Node): NodeOf<'Identifier'> | undefined {
  if (node.type === 'Identifier') return node;
  return node.type === 'MemberExpression' && !node.computed ? rootName(node.object) : undefined;
}
