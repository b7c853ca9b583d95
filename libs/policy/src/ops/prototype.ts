import { calleeName, keyName, memberName } from '../ast/access.js';
import { type Node, unwrap } from '../ast/walk.js';
import type { Op } from './op.js';

const BUILT_INS = new Set([
  'Object',
  'Array',
  'String',
  'Number',
  'Function',
  'Promise',
  'Map',
  'Set',
  'Date',
  'RegExp',
  'Error',
  'Symbol',
  'Boolean',
]);
const DEFINES = new Set(['defineProperty', 'defineProperties', 'setPrototypeOf', '__defineGetter__', '__defineSetter__']);

/** Prototype pollution: `__proto__` as anything but something compared with, and writes to built-in prototypes. */
export const prototypePollution: Op = (node, ancestors, { text }) => {
  if (node.type === 'MemberExpression' && memberName(node) === '__proto__') return { what: 'reaches __proto__' };
  if (node.type === 'Property' && keyName(node.key, node.computed) === '__proto__') return { what: 'sets __proto__' };
  if (node.type === 'Literal' && typeof node.value === 'string' && node.value.includes('__proto__') && !isGuard(node, ancestors)) {
    return { what: 'uses the name __proto__' };
  }
  if (node.type === 'AssignmentExpression' && writesPrototype(node.left)) return { what: 'writes to a built-in prototype' };
  if (node.type === 'CallExpression' && DEFINES.has(calleeName(node) ?? '')) return { what: `calls ${calleeName(node)}` };
  const [target] = node.type === 'CallExpression' && calleeName(node) === 'assign' ? node.arguments : [];
  if (target && isBuiltInPrototype(target)) return { what: 'writes to a built-in prototype', key: text(node) };
  return undefined;
};

/** `key === '__proto__'`, `case '__proto__':`, `['__proto__', …].includes(key)`, `new Set(['__proto__'])`: a defence. */
function isGuard(node: Node, ancestors: readonly Node[]): boolean {
  const parent = ancestors.at(-1);
  if (node.type !== 'Literal' || node.value !== '__proto__') return false;
  if (parent?.type === 'BinaryExpression') return /^[!=]==?$/.test(parent.operator);
  if (parent?.type === 'SwitchCase') return true;
  const around = ancestors.at(-2);
  if (parent?.type !== 'ArrayExpression') return false;
  return (
    (around?.type === 'MemberExpression' && memberName(around) === 'includes') ||
    (around?.type === 'NewExpression' && calleeName(around) === 'Set')
  );
}

function writesPrototype(left: Node): boolean {
  const target = unwrap(left);
  return (
    target.type === 'MemberExpression' &&
    (isBuiltInPrototype(target) || isBuiltInPrototype(target.object) || memberOfConstructor(target.object))
  );
}

function isBuiltInPrototype(node: Node): boolean {
  const inner = unwrap(node);
  return (
    inner.type === 'MemberExpression' &&
    memberName(inner) === 'prototype' &&
    inner.object.type === 'Identifier' &&
    BUILT_INS.has(inner.object.name)
  );
}

/** `x.constructor.prototype`. */
function memberOfConstructor(node: Node): boolean {
  const inner = unwrap(node);
  return (
    inner.type === 'MemberExpression' &&
    memberName(inner) === 'prototype' &&
    inner.object.type === 'MemberExpression' &&
    memberName(inner.object) === 'constructor'
  );
}
