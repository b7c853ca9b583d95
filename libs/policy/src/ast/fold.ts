import { type Node, type NodeOf, unwrap } from './walk.js';

/** The string that an expression of literals makes: `'a'`, `'a' + 'b'`, `` `a${'b'}` ``, `['a','b'].join('')`. */
export function fold(expression: Node): string | undefined {
  const node = unwrap(expression);
  if (node.type === 'Literal')
    return typeof node.value === 'string' ? node.value : typeof node.value === 'number' ? String(node.value) : undefined;
  if (node.type === 'TemplateLiteral') return foldTemplate(node);
  if (node.type === 'BinaryExpression' && node.operator === '+') {
    const [left, right] = [fold(node.left), fold(node.right)];
    return left === undefined || right === undefined ? undefined : left + right;
  }
  return node.type === 'CallExpression' ? foldCall(node) : undefined;
}

function foldTemplate(node: NodeOf<'TemplateLiteral'>): string | undefined {
  const parts = node.expressions.map(fold);
  if (parts.some((part) => part === undefined)) return undefined;
  return node.quasis.map((quasi, i) => `${quasi.value.cooked ?? ''}${parts[i] ?? ''}`).join('');
}

/** `.concat('…')`, `[…].join('…')` and `.split('').reverse().join('')` on literals. */
function foldCall(node: NodeOf<'CallExpression'>): string | undefined {
  const callee = unwrap(node.callee);
  if (callee.type !== 'MemberExpression' || callee.computed || callee.property.type !== 'Identifier') return undefined;
  const args = node.arguments.map(fold);
  if (args.some((arg) => arg === undefined)) return undefined;
  const object = unwrap(callee.object);
  if (callee.property.name === 'concat') {
    const start = fold(object);
    return start === undefined ? undefined : start + args.join('');
  }
  if (callee.property.name === 'join' && object.type === 'ArrayExpression') {
    const items = object.elements.map((element) => (element ? fold(element) : undefined));
    return items.some((item) => item === undefined) ? undefined : items.join(args[0] ?? ',');
  }
  return undefined;
}

/** Whether the expression puts several literals together to one string: honest code writes the string. */
export const isAssembled = (expression: Node): boolean => {
  const node = unwrap(expression);
  return node.type !== 'Literal' && !(node.type === 'TemplateLiteral' && node.expressions.length === 0) && fold(node) !== undefined;
};
