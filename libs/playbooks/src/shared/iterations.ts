/** Loops and callbacks that run once for each item, and what may be moved out of them. */
import { bindingsOf, type FunctionNode, isFunction, lookup, memberName, type Node, type NodeOf, type SourceFile } from '@selfheal/engine';
import { statementOf } from './objects.js';

/** Code that runs many times. */
export interface Iteration {
  /** The loop statement, or the call that is given the callback. */
  readonly node: Node;
  /** What runs each time. */
  readonly body: Node;
  /** The source text of the items, and of the pattern that names one; nothing for loops that have no such thing. */
  readonly items?: string;
  readonly item?: string;
}

const PER_ITEM = new Set(['map', 'flatMap', 'forEach', 'filter', 'some', 'every', 'find', 'findIndex', 'findLast', 'reduce', 'sort']);
const LOOPS = new Set(['ForStatement', 'ForOfStatement', 'ForInStatement', 'WhileStatement', 'DoWhileStatement']);

/** What repeats a node, innermost first, within the function that the statements belong to (callbacks of `map` and friends do). */
export function iterationsOf(file: SourceFile, node: Node): Iteration[] {
  const found: Iteration[] = [];
  let inner = node;
  for (const at of file.ancestorsOf(node)) {
    if (isFunction(at)) {
      const repeated = callbackOf(file, at);
      if (!repeated) break;
      found.push(repeated);
    } else if (LOOPS.has(at.type) && !('right' in at && at.right === inner) && !('init' in at && at.init === inner)) {
      found.push(loopOf(file, at));
    }
    inner = at;
  }
  return found;
}

function callbackOf(file: SourceFile, fn: FunctionNode): Iteration | undefined {
  const call = file.parentOf(fn);
  if (call?.type !== 'CallExpression' || call.arguments[0] !== fn || call.callee.type !== 'MemberExpression') return undefined;
  const name = memberName(call.callee) ?? '';
  if (!PER_ITEM.has(name) || !fn.body) return undefined;
  const [first] = fn.params;
  const own = name !== 'reduce' && name !== 'sort' && first && fn.params.length === 1;
  return { node: call, body: fn.body, ...(own && { items: file.textOf(call.callee.object), item: file.textOf(first) }) };
}

function loopOf(file: SourceFile, loop: Node): Iteration {
  if (loop.type === 'ForOfStatement' && !loop.await) {
    const left = loop.left.type === 'VariableDeclaration' ? loop.left.declarations[0]?.id : undefined;
    return { node: loop, body: loop.body, items: file.textOf(loop.right), ...(left && { item: file.textOf(left) }) };
  }
  const body = 'body' in loop && loop.body && !Array.isArray(loop.body) ? (loop.body as Node) : loop;
  return { node: loop, body, ...(loop.type === 'ForStatement' && indexed(file, loop)) };
}

/** `for (let i = 0; i < xs.length; i++)`: the items are `xs`; the item is `xs[i]`, which callers replace. */
function indexed(file: SourceFile, loop: NodeOf<'ForStatement'>): { items: string; item: string } | undefined {
  const declarator = loop.init?.type === 'VariableDeclaration' ? loop.init.declarations[0] : undefined;
  const index = declarator?.id.type === 'Identifier' ? declarator.id.name : undefined;
  const bound = loop.test?.type === 'BinaryExpression' ? loop.test.right : undefined;
  if (!index || bound?.type !== 'MemberExpression' || memberName(bound) !== 'length') return undefined;
  const items = file.textOf(bound.object);
  return { items, item: `${items}[${index}]` };
}

/** Where a statement may be inserted to run once before an iteration: the start of the statement that holds it. */
export function before(file: SourceFile, iteration: Iteration): Node | undefined {
  const statement = statementOf(file, iteration.node);
  // Inside a callback whose body is an expression there is no statement of its own to stand before.
  const inner = file.enclosingFunction(iteration.node);
  if (!statement || (inner && statement.start < inner.start)) return undefined;
  return file.parentOf(statement)?.type === 'SwitchCase' ? undefined : statement;
}

/** Names that a node mentions, those of properties and keys left out. */
export function namesIn(file: SourceFile, node: Node): NodeOf<'Identifier'>[] {
  return file.within(node).filter((inner): inner is NodeOf<'Identifier'> => {
    if (inner.type !== 'Identifier') return false;
    const parent = file.parentOf(inner);
    if (parent?.type === 'MemberExpression') return parent.object === inner || parent.computed;
    return !(parent?.type === 'Property' && parent.key === inner && !parent.computed && !parent.shorthand);
  });
}

const BOUND_TO_PLACE = new Set<string>(['AwaitExpression', 'YieldExpression', 'UpdateExpression', 'AssignmentExpression']);

/** Whether what a node mentions is declared outside `region` and not changed in it, so that the node means the same before it. */
export const isInvariant = (file: SourceFile, node: Node, region: Node): boolean =>
  !file.within(node).some(({ type }) => BOUND_TO_PLACE.has(type)) &&
  namesIn(file, node).every((id) => {
    const declared = lookup(file, id.name, id);
    const inside = declared && within(region, declared.id) && !within(node, declared.id);
    return !inside && !isChanged(file, id.name, region);
  });

const within = (outer: { start: number; end: number }, inner: { start: number; end: number }): boolean =>
  outer.start <= inner.start && inner.end <= outer.end;

/** Methods that change what they are called on. */
export const MUTATING_METHODS: ReadonlySet<string> = new Set([
  'push',
  'pop',
  'shift',
  'unshift',
  'splice',
  'sort',
  'reverse',
  'fill',
  'copyWithin',
  'set',
  'add',
  'delete',
  'clear',
]);

/** The nodes in `region` that change the variable `name` or what it holds: assignments, `++`, `delete`, mutating methods. */
export function changesOf(file: SourceFile, name: string, region: Node): Node[] {
  return file.within(region).filter((node) => {
    if (node.type === 'AssignmentExpression') return rootOf(node.left) === name;
    if (node.type === 'UpdateExpression') return rootOf(node.argument) === name;
    if (node.type === 'UnaryExpression') return node.operator === 'delete' && rootOf(node.argument) === name;
    return (
      node.type === 'CallExpression' &&
      node.callee.type === 'MemberExpression' &&
      MUTATING_METHODS.has(memberName(node.callee) ?? '') &&
      rootOf(node.callee.object) === name
    );
  });
}

const isChanged = (file: SourceFile, name: string, region: Node): boolean => changesOf(file, name, region).length > 0;

function rootOf(node: Node): string | undefined {
  if (node.type === 'Identifier') return node.name;
  return node.type === 'MemberExpression' ? rootOf(node.object) : undefined;
}

/** A name that the file does not use yet, after `wish`. */
export function freshName(file: SourceFile, wish: string): string {
  const used = new Set([...bindingsOf(file).keys(), ...file.nodes.flatMap((node) => (node.type === 'Identifier' ? [node.name] : []))]);
  const base = wish.replace(/[^A-Za-z0-9_$]/g, '') || 'value';
  for (let i = 1; ; i++) {
    const name = i === 1 ? base : `${base}${i}`;
    if (!used.has(name)) return name;
  }
}

/** `bySku` and the like: words joined in camel case. */
export const camel = (...words: string[]): string =>
  words
    .filter(Boolean)
    .map((word, i) => (i === 0 ? word.charAt(0).toLowerCase() : word.charAt(0).toUpperCase()) + word.slice(1))
    .join('');
