import { type Function as FunctionOf, type Node, visitorKeys } from 'oxc-parser';

export type { Node } from 'oxc-parser';
export type NodeOf<T extends Node['type']> = Extract<Node, { type: T }>;

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string' && 'start' in value;

/** Child nodes by the parser's own table of visitor keys. */
export function childrenOf(node: Node): Node[] {
  const fields = node as unknown as Record<string, unknown>;
  return (visitorKeys[node.type] ?? []).flatMap((key) => {
    const value = fields[key];
    return Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : [];
  });
}

/** Calls `visit` for every node below and including `root`, with its ancestors, the nearest last. */
export function walk(root: Node, visit: (node: Node, ancestors: readonly Node[]) => void): void {
  const ancestors: Node[] = [];
  const go = (node: Node): void => {
    visit(node, ancestors);
    ancestors.push(node);
    for (const child of childrenOf(node)) go(child);
    ancestors.pop();
  };
  go(root);
}

/** As {@link walk}, without entering functions below `root`: what runs when `root` runs. */
export function someHere(root: Node, matches: (node: Node) => boolean): boolean {
  const go = (node: Node): boolean => matches(node) || childrenOf(node).some((child) => !isFunction(child) && go(child));
  return childrenOf(root).some((child) => !isFunction(child) && go(child));
}

export const isFunction = (node: Node | undefined): node is FunctionOf | NodeOf<'ArrowFunctionExpression'> =>
  node?.type === 'FunctionDeclaration' || node?.type === 'FunctionExpression' || node?.type === 'ArrowFunctionExpression';

const WRAPPERS = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSTypeAssertion',
  'ParenthesizedExpression',
  'ChainExpression',
  'TSInstantiationExpression',
]);
/** Whether a node changes only the type or the grouping of the expression inside. */
export const isWrapper = (node: Node | undefined): boolean => node !== undefined && WRAPPERS.has(node.type);

/** The expression inside wrappers. */
export function unwrap(node: Node): Node {
  return isWrapper(node) && 'expression' in node && isNode(node.expression) ? unwrap(node.expression) : node;
}
