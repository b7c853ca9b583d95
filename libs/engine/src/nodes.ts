/** Small questions about syntax nodes that every other file asks. */
import type { Expression, Function as FunctionNodeOf, Node, PropertyKey } from 'oxc-parser';
import { visitorKeys } from 'oxc-parser';

export type { Node } from 'oxc-parser';

/** A node of one `type`, such as `NodeOf<'CallExpression'>`. */
export type NodeOf<T extends Node['type'], N extends Node = Node> = N extends Node ? (T extends N['type'] ? N : never) : never;
export type FunctionNode = FunctionNodeOf | NodeOf<'ArrowFunctionExpression'>;

export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string' && 'start' in value;

/** The child nodes in source order, by the parser's own table of visitor keys. */
export function childrenOf(node: Node): Node[] {
  const fields = node as unknown as Record<string, unknown>;
  const children: Node[] = [];
  for (const key of visitorKeys[node.type] ?? []) {
    const value = fields[key];
    if (Array.isArray(value)) for (const item of value) isNode(item) && children.push(item);
    else if (isNode(value)) children.push(value);
  }
  return children;
}

/** A function with a body: declaration, expression, arrow, method. */
export const isFunction = (node: Node | undefined): node is FunctionNode =>
  node?.type === 'ArrowFunctionExpression' ||
  ((node?.type === 'FunctionDeclaration' || node?.type === 'FunctionExpression') && node.body !== null);

export const isClass = (node: Node | undefined): node is NodeOf<'ClassDeclaration'> =>
  node?.type === 'ClassDeclaration' || node?.type === 'ClassExpression';

/** The expression without what changes only its type or its grouping: `as`, `satisfies`, `!`, parentheses, chains. */
export function unwrap(node: Node): Node {
  switch (node.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'ParenthesizedExpression':
    case 'ChainExpression':
      return unwrap(node.expression);
    default:
      return node;
  }
}

/** The name that a property key stands for; nothing for a computed one. */
export function keyName(key: PropertyKey | Node, computed = false): string | undefined {
  if (key.type === 'Literal' && (typeof key.value === 'string' || typeof key.value === 'number')) return String(key.value);
  if (computed) return undefined;
  return key.type === 'Identifier' ? key.name : undefined;
}

/** The property that a member expression reads, if it is known: `a.b`, `a['b']`. */
export const memberName = (node: NodeOf<'MemberExpression'>): string | undefined => keyName(node.property, node.computed);

/** `a.b.c` as text when it is made of plain names only. */
export function dottedName(node: Node): string | undefined {
  const inner = unwrap(node);
  if (inner.type === 'Identifier') return inner.name;
  if (inner.type === 'ThisExpression') return 'this';
  if (inner.type !== 'MemberExpression') return undefined;
  const object = dottedName(inner.object);
  const property = memberName(inner);
  return object && property ? `${object}.${property}` : undefined;
}

/** The name called: `f` of `f()`, `m` of `a.b.m()`. */
export function calleeName(call: NodeOf<'CallExpression'> | NodeOf<'NewExpression'>): string | undefined {
  const callee = unwrap(call.callee);
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' ? memberName(callee) : undefined;
}

/** A string literal's value, or that of a template without expressions. */
export function stringValue(node: Node | Expression | undefined | null): string | undefined {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node?.type === 'TemplateLiteral' && node.expressions.length === 0) return node.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}

/** The properties of an object literal by name; spreads, methods and computed keys are left out. */
export function propertiesOf(object: NodeOf<'ObjectExpression'>): Map<string, NodeOf<'Property'> & { value: Expression }> {
  const found = new Map<string, NodeOf<'Property'> & { value: Expression }>();
  for (const property of object.properties) {
    const name = property.type === 'Property' ? keyName(property.key, property.computed) : undefined;
    if (property.type === 'Property' && name !== undefined && property.kind === 'init') found.set(name, property);
  }
  return found;
}

/** The value of a static property of an object literal. */
export const propertyValue = (object: NodeOf<'ObjectExpression'>, name: string): Expression | undefined =>
  propertiesOf(object).get(name)?.value;

/** Where a node names the module that it loads: the source of an `import`, an `export … from`, an `import()`, or `require`'s argument. */
export function loadedModule(node: Node): Node | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
      return node.source;
    case 'ExportNamedDeclaration':
      return node.source ?? undefined;
    case 'CallExpression':
      return node.callee.type === 'Identifier' && node.callee.name === 'require' ? node.arguments[0] : undefined;
    default:
      return undefined;
  }
}
