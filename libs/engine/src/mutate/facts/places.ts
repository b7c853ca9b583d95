/** Where in the tree an expression is read for its value, and so may be replaced by another. */
import { isFunction, type Node } from '../../nodes.js';
import type { SourceFile } from '../../source-file.js';
import { isWritten, scopesOf } from './scopes.js';

const EXPRESSIONS: ReadonlySet<Node['type']> = new Set<Node['type']>([
  'ArrayExpression',
  'ArrowFunctionExpression',
  'AssignmentExpression',
  'AwaitExpression',
  'BinaryExpression',
  'CallExpression',
  'ConditionalExpression',
  'FunctionExpression',
  'Identifier',
  'Literal',
  'LogicalExpression',
  'MemberExpression',
  'NewExpression',
  'ObjectExpression',
  'TemplateLiteral',
  'ThisExpression',
  'UnaryExpression',
  'UpdateExpression',
]);

/**
 * Whether the node is an expression whose value is used: not what is assigned to, a key, a directive, an import's source, a callee, a
 * shorthand property, part of an optional chain, `delete`'s operand or a type.
 */
export function isValue(file: SourceFile, node: Node): boolean {
  if (!EXPRESSIONS.has(node.type) || isWritten(file, node)) return false;
  if (node.type === 'Identifier' && !scopesOf(file).isReference(node)) return false;
  const parent = file.parentOf(node);
  switch (parent?.type) {
    case 'Property':
      return parent.value === node && !parent.shorthand && !parent.method && parent.kind === 'init';
    case 'CallExpression':
    case 'NewExpression':
      return parent.callee !== node;
    case 'MemberExpression':
      return parent.object === node ? !inChain(file, parent) : parent.computed;
    case 'PropertyDefinition':
      return parent.value === node;
    case 'UnaryExpression':
      return parent.operator !== 'delete';
    case 'ExpressionStatement':
      return !('directive' in parent && parent.directive);
    case 'MethodDefinition':
    case 'AccessorProperty':
    case 'ImportDeclaration':
    case 'ImportAttribute':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
    case 'TaggedTemplateExpression':
    case 'ChainExpression':
    case 'JSXAttribute':
    case 'Decorator':
    case 'ClassDeclaration':
    case 'ClassExpression':
      return false;
    default:
      return (
        parent !== undefined && (!parent.type.startsWith('TS') || parent.type === 'TSAsExpression' || parent.type === 'TSNonNullExpression')
      );
  }
}

function inChain(file: SourceFile, node: Node): boolean {
  for (let at: Node | undefined = node; at; at = file.parentOf(at)) {
    if (at.type === 'ChainExpression') return true;
    if (at.type !== 'MemberExpression' && at.type !== 'CallExpression') return false;
  }
  return false;
}

/** Whether the value only matters as true or false: a test, an operand of `!`, or of `&&` and `||` inside one. */
export function isCondition(file: SourceFile, node: Node): boolean {
  const parent = file.parentOf(node);
  switch (parent?.type) {
    case 'IfStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'ForStatement':
    case 'ConditionalExpression':
      return parent.test === node;
    case 'UnaryExpression':
      return parent.operator === '!';
    case 'LogicalExpression':
      return parent.operator !== '??' && (parent.left === node || isCondition(file, parent));
    default:
      return false;
  }
}

/** Whether the literal is a string as an expression: not a directive, a key or an import's source. */
export const isString = (node: Node): node is Extract<Node, { type: 'Literal'; value: string }> =>
  node.type === 'Literal' && typeof node.value === 'string';

/** The value of a number literal, with the sign of a unary minus around it left out. */
export const numberOf = (node: Node | undefined): number | undefined =>
  node?.type === 'Literal' && typeof node.value === 'number' ? node.value : undefined;

/** The function around a node that no other function encloses, or the program: what a repair may borrow from freely. */
export function outermostFunction(file: SourceFile, node: Node): Node {
  let found: Node | undefined;
  for (let at: Node | undefined = node; at; at = file.parentOf(at)) {
    if (isFunction(at)) found = at;
    if (at.type === 'ClassBody' && found) return found;
  }
  return found ?? file.program;
}
