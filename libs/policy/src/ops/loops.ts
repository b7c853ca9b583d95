import { childrenOf, isFunction, type Node, unwrap } from '../ast/walk.js';
import type { Op } from './op.js';

/** A loop whose condition is always true and that nothing leaves: no break of its own, no return, no throw, no yield. */
export const endlessLoop: Op = (node) => {
  if (node.type === 'WhileStatement' || node.type === 'DoWhileStatement') {
    return alwaysTrue(node.test) && !leaves(node.body, true) ? { what: 'loops for ever' } : undefined;
  }
  if (node.type !== 'ForStatement') return undefined;
  return (!node.test || alwaysTrue(node.test)) && !leaves(node.body, true) ? { what: 'loops for ever' } : undefined;
};

/** A truth that needs no data: `true`, `1`, `'x'`, `!0`, `[]`, `1 < 2`, `true || x`. */
export function alwaysTrue(expression: Node): boolean {
  return constantTruth(expression) === true;
}

/** The truth value of an expression of literals; nothing when it depends on data. */
export function constantTruth(expression: Node): boolean | undefined {
  const node = unwrap(expression);
  switch (node.type) {
    case 'Literal':
      return Boolean(node.value);
    case 'ArrayExpression':
    case 'ObjectExpression':
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return true;
    case 'UnaryExpression': {
      if (node.operator === 'void') return false;
      const inner = constantTruth(node.argument);
      return node.operator === '!' && inner !== undefined ? !inner : undefined;
    }
    case 'AssignmentExpression':
      return node.operator === '=' ? constantTruth(node.right) : undefined;
    case 'LogicalExpression': {
      const [left, right] = [constantTruth(node.left), constantTruth(node.right)];
      if (node.operator === '||') return left || right ? true : left === false ? right : undefined;
      if (node.operator === '&&') return left === false || right === false ? false : left === true ? right : undefined;
      return undefined;
    }
    case 'BinaryExpression': {
      const [a, b] = [unwrap(node.left), unwrap(node.right)];
      if (a.type !== 'Literal' || b.type !== 'Literal') return undefined;
      if (/^={2,3}$/.test(node.operator)) return a.value === b.value;
      if (/^!={1,2}$/.test(node.operator)) return a.value !== b.value;
      if (typeof a.value !== 'number' || typeof b.value !== 'number') return undefined;
      return { '<': a.value < b.value, '>': a.value > b.value, '<=': a.value <= b.value, '>=': a.value >= b.value }[
        node.operator as string
      ];
    }
    default:
      return undefined;
  }
}

function leaves(node: Node, own: boolean): boolean {
  switch (node.type) {
    case 'ReturnStatement':
    case 'ThrowStatement':
    case 'YieldExpression':
      return true;
    case 'BreakStatement':
      return own || node.label !== null;
    case 'IfStatement':
      // What stands behind `if (false)` leaves nothing.
      if (constantTruth(node.test) === false) return node.alternate ? leaves(node.alternate, own) : false;
      break;
    default:
  }
  const inner = /^(?:For|While|DoWhile|Switch)/.test(node.type) && node.type !== 'SwitchCase' ? false : own;
  return childrenOf(node).some((child) => !isFunction(child) && leaves(child, inner));
}
