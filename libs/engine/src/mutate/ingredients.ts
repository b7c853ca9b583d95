/** What a file already says, for use elsewhere in it: changes are often made of code that is there (Barr et al.: "The plastic surgery hypothesis", FSE 2014). */
import { isFunction, type Node } from '../nodes.js';
import type { SourceFile } from '../source-file.js';
import { namesUsed } from './scope.js';
import { isStatement, placeOf } from './statements.js';
import { tokensOf } from './tokens.js';

export interface Ingredient {
  readonly file: SourceFile;
  readonly node: Node;
  readonly text: string;
  /** The variables that it uses. */
  readonly names: ReadonlySet<string>;
  /** The function it is in. */
  readonly home: Node | undefined;
}

const LONGEST = 240;
const statements = new WeakMap<SourceFile, readonly Ingredient[]>();
const conditions = new WeakMap<SourceFile, readonly Ingredient[]>();

const ingredient = (file: SourceFile, node: Node): Ingredient => ({
  file,
  node,
  text: file.textOf(node),
  names: namesUsed(file, node),
  home: file.enclosingFunction(node),
});

/** Statements short enough to be copied, each text once per function. */
export function statementsIn(file: SourceFile): readonly Ingredient[] {
  const known = statements.get(file);
  if (known) return known;
  const seen = new Map<Node | undefined, Set<string>>();
  const found: Ingredient[] = [];
  for (const node of file.nodes) {
    if (node.end - node.start > LONGEST || !isStatement(node) || isFunction(node) || node.type === 'BlockStatement' || !placeOf(file, node))
      continue;
    if (node.type === 'ExpressionStatement' && node.expression.type === 'Literal') continue;
    const home = file.enclosingFunction(node);
    const texts = seen.get(home) ?? new Set();
    seen.set(home, texts);
    const text = file.textOf(node);
    if (texts.has(text)) continue;
    texts.add(text);
    found.push(ingredient(file, node));
  }
  statements.set(file, found);
  return found;
}

/** Conditions of `if`, loops and ternaries, and the operands of their `&&` and `||`; each text once. */
export function conditionsIn(file: SourceFile): readonly Ingredient[] {
  const known = conditions.get(file);
  if (known) return known;
  const found = new Map<string, Ingredient>();
  const add = (node: Node | null | undefined) => {
    if (!node || node.end - node.start > 100) return;
    const text = file.textOf(node);
    if (!found.has(text)) found.set(text, ingredient(file, node));
    if (node.type === 'LogicalExpression') {
      add(node.left);
      add(node.right);
    }
  };
  for (const node of file.nodes)
    if (
      node.type === 'IfStatement' ||
      node.type === 'WhileStatement' ||
      node.type === 'ForStatement' ||
      node.type === 'ConditionalExpression' ||
      node.type === 'DoWhileStatement'
    )
      add(node.test);
  const list = [...found.values()];
  conditions.set(file, list);
  return list;
}

const bags = new WeakMap<Node, ReadonlySet<string>>();

/** The distinct tokens of a node. */
export function bagOf(file: SourceFile, node: Node): ReadonlySet<string> {
  const known = bags.get(node);
  if (known) return known;
  const bag = new Set(tokensOf(file.text.slice(node.start, Math.min(node.end, node.start + 600))).map(({ text }) => text));
  bags.set(node, bag);
  return bag;
}

/** Jaccard's coefficient. */
export function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 && b.size === 0) return 1;
  let common = 0;
  for (const item of a) if (b.has(item)) common++;
  return common / (a.size + b.size - common);
}

/** The neighbours of a statement in its list, `undefined` at the ends. */
export function neighbours(file: SourceFile, statement: Node): readonly [Node | undefined, Node | undefined] {
  const place = placeOf(file, statement);
  return place ? [place.list[place.index - 1], place.list[place.index + 1]] : [undefined, undefined];
}
