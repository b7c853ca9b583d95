/** Where parentheses are needed when one expression takes another's place (ECMA-262, the expression grammar). */
import type { Node } from '../../nodes.js';
import type { SourceFile } from '../../source-file.js';

/** How tightly the binary and logical operators bind; higher is tighter. */
const BINARY: Readonly<Record<string, number>> = {
  '??': 3,
  '||': 4,
  '&&': 5,
  '|': 6,
  '^': 7,
  '&': 8,
  ...Object.fromEntries(['==', '!=', '===', '!=='].map((op) => [op, 9])),
  ...Object.fromEntries(['<', '<=', '>', '>=', 'in', 'instanceof'].map((op) => [op, 10])),
  ...Object.fromEntries(['<<', '>>', '>>>'].map((op) => [op, 11])),
  '+': 12,
  '-': 12,
  '*': 13,
  '/': 13,
  '%': 13,
  '**': 14,
};

/** Precedences of the other forms, on the same scale. */
export const P = { sequence: 1, assignment: 2, unary: 15, postfix: 16, number: 17, call: 18, primary: 20 } as const;

export const precedenceOfOperator = (operator: string): number => BINARY[operator] ?? P.assignment;

/** How tightly an expression holds together. */
export function precedenceOf(node: Node): number {
  switch (node.type) {
    case 'BinaryExpression':
    case 'LogicalExpression':
      return precedenceOfOperator(node.operator);
    case 'SequenceExpression':
      return P.sequence;
    case 'AssignmentExpression':
    case 'ConditionalExpression':
    case 'ArrowFunctionExpression':
    case 'YieldExpression':
      return P.assignment;
    case 'UnaryExpression':
    case 'AwaitExpression':
      return P.unary;
    case 'UpdateExpression':
      return P.postfix;
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
      return 10;
    case 'Literal':
      return typeof node.value === 'number' ? P.number : P.primary;
    case 'CallExpression':
    case 'MemberExpression':
    case 'ChainExpression':
    case 'NewExpression':
    case 'TaggedTemplateExpression':
    case 'FunctionExpression':
    case 'ClassExpression':
      return P.call;
    default:
      return P.primary;
  }
}

/** The precedence that an expression needs to stand in the node's place without parentheses of its own. */
export function slotOf(file: SourceFile, node: Node): number {
  const parent = file.parentOf(node);
  switch (parent?.type) {
    case 'BinaryExpression':
      if (parent.operator === '**') return parent.left === node ? P.postfix : 14;
      return precedenceOfOperator(parent.operator) + (parent.left === node ? 0 : 1);
    case 'LogicalExpression':
      if (parent.operator === '??') return 6;
      return precedenceOfOperator(parent.operator) + (parent.left === node ? 0 : 1);
    case 'UnaryExpression':
    case 'AwaitExpression':
      return P.unary;
    case 'UpdateExpression':
    case 'TaggedTemplateExpression':
    case 'TSNonNullExpression':
      return P.call;
    case 'MemberExpression':
      return parent.object === node ? P.call : P.sequence;
    case 'CallExpression':
      return parent.callee === node ? P.call : P.assignment;
    case 'NewExpression':
      return parent.callee === node ? P.primary : P.assignment;
    case 'ConditionalExpression':
      return parent.test === node ? 3 : P.assignment;
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
      return 11;
    case 'ChainExpression':
      return slotOf(file, parent);
    case 'ClassDeclaration':
    case 'ClassExpression':
      return P.call;
    default:
      return P.assignment;
  }
}

const WORD = /[\w$]/;

const isParenthesised = (file: SourceFile, node: Node): boolean =>
  /\($/.test(file.text.slice(Math.max(0, node.start - 20), node.start).trimEnd()) &&
  /^\s{0,20}\)/.test(file.text.slice(node.end, node.end + 21));

/** The nearest statement around a node begins with it, so that `{`, `function` and `class` would be read as something else. */
function opensStatement(file: SourceFile, node: Node): boolean {
  for (let at = file.parentOf(node); at && at.start === node.start; at = file.parentOf(at))
    if (at.type === 'ExpressionStatement') return true;
  const parent = file.parentOf(node);
  return parent?.type === 'ArrowFunctionExpression' && parent.body === node;
}

/**
 * The text of an expression of that precedence, made to fit the node's place: parentheses where the place binds tighter, a space
 * where two words or two signs would run together.
 */
export function fitted(file: SourceFile, node: Node, text: string, precedence: number): string {
  const before = file.text[node.start - 1] ?? '';
  const loose = precedence < slotOf(file, node) && !isParenthesised(file, node);
  const sign = /^[+-]/.test(text) && before === text[0];
  const statement = /^(?:\{|function\b|class\b)/.test(text) && opensStatement(file, node);
  if (loose || sign || statement) return `${WORD.test(before) ? ' ' : ''}(${text})`;
  const head = WORD.test(before) && WORD.test(text[0] ?? '') ? ' ' : '';
  const tail = WORD.test(file.text[node.end] ?? '') && WORD.test(text.at(-1) ?? '') ? ' ' : '';
  return head + text + tail;
}

/** A node's text as an operand of something that needs `least`: in parentheses where it is looser. */
export function operand(file: SourceFile, node: Node, least: number): string {
  const text = file.textOf(node);
  return precedenceOf(node) < least ? `(${text})` : text;
}

/** Where the operator of a binary, logical or assignment expression stands, parentheses and comments around it left out. */
export function operatorAt(
  file: SourceFile,
  node: { readonly left: Node; readonly right: Node; readonly operator: string },
): { start: number; end: number } | undefined {
  const gap = file.text
    .slice(node.left.end, node.right.start)
    .replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, (comment) => ' '.repeat(comment.length));
  const at = gap.indexOf(node.operator);
  return at < 0 ? undefined : { start: node.left.end + at, end: node.left.end + at + node.operator.length };
}
