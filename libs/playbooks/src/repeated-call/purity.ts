import {
  type FunctionRef,
  isFunction,
  lookup,
  memberName,
  type Node,
  type Project,
  resolveCallee,
  type SourceFile,
  unwrap,
} from '@selfheal/engine';
import { MUTATING_METHODS } from '../shared/iterations.js';

const IMPURE_GLOBALS = new Set(['fetch', 'setTimeout', 'setInterval', 'process', 'crypto', 'performance', 'console', 'globalThis']);
/** Results that must differ from call to call, and names that speak of an effect. */
const EFFECT =
  /^(?:set|add|push|append|save|store|write|insert|update|delete|remove|send|emit|publish|log|next|random|now|create|increment|commit|pop|shift|reset|clear|register|notify|use)(?![a-z])/;
const MAX_DEPTH = 4;

/** Whether a call by this name says that it changes something or differs each time. */
export const soundsLikeEffect = (name: string): boolean => EFFECT.test(name);

/**
 * Whether a function only computes: it assigns to nothing outside itself, asks for no time, chance, or I/O, and calls only
 * functions of which the same is known. "No" also when it cannot be told. Reading module state is allowed: within one
 * request it does not change under pure calls.
 */
export function isPure(project: Project, ref: FunctionRef, depth = 0): boolean {
  const { file, node } = ref;
  if (depth > MAX_DEPTH || node.generator || node.async) return false;
  return file.within(node).every((inner) => inner === node || isPureNode(project, file, node, inner, depth));
}

function isPureNode(project: Project, file: SourceFile, fn: Node, node: Node, depth: number): boolean {
  switch (node.type) {
    case 'AssignmentExpression':
      return isLocal(file, fn, node.left);
    case 'UpdateExpression':
      return isLocal(file, fn, node.argument);
    case 'UnaryExpression':
      return node.operator !== 'delete' || isLocal(file, fn, node.argument);
    case 'AwaitExpression':
    case 'YieldExpression':
    case 'ThisExpression':
    case 'ImportExpression':
      return false;
    case 'Identifier':
      return (
        !IMPURE_GLOBALS.has(node.name) || lookup(file, node.name, node) !== undefined || file.parentOf(node)?.type !== 'MemberExpression'
      );
    case 'NewExpression':
      return (
        node.callee.type === 'Identifier' &&
        ['Map', 'Set', 'Array', 'RegExp', 'Error', 'RangeError', 'TypeError'].includes(node.callee.name)
      );
    case 'CallExpression':
      return isPureCall(project, file, fn, node, depth);
    default:
      return true;
  }
}

const PURE_OBJECTS = new Set(['Math', 'JSON', 'Object', 'Array', 'Number', 'String', 'Intl', 'BigInt']);
const PURE_FUNCTIONS = new Set([
  'Number',
  'String',
  'Boolean',
  'parseInt',
  'parseFloat',
  'BigInt',
  'structuredClone',
  'encodeURIComponent',
  'isNaN',
]);
const METHODS = new Set(
  [Array.prototype, String.prototype, Map.prototype, Set.prototype, Number.prototype, RegExp.prototype].flatMap((p) =>
    Object.getOwnPropertyNames(p),
  ),
);

function isPureCall(project: Project, file: SourceFile, fn: Node, call: Node & { type: 'CallExpression' }, depth: number): boolean {
  const callee = unwrap(call.callee);
  if (isFunction(callee)) return true;
  if (callee.type === 'Identifier' && PURE_FUNCTIONS.has(callee.name)) return true;
  if (callee.type === 'MemberExpression') {
    const name = memberName(callee) ?? '';
    const owner = callee.object.type === 'Identifier' ? callee.object.name : '';
    if (PURE_OBJECTS.has(owner) && !lookup(file, owner, callee)) return name !== 'random' && name !== 'assign' && name !== 'defineProperty';
    if (METHODS.has(name))
      return !MUTATING_METHODS.has(name) || isLocal(file, fn, callee.object) || callee.object.type === 'CallExpression';
  }
  if (callee.type === 'Identifier') {
    const declared = lookup(file, callee.name, callee);
    if (declared?.declaration === fn || (declared && 'init' in declared.declaration && declared.declaration.init === fn)) return true;
  }
  const resolved = resolveCallee(project, file, callee);
  return resolved.length > 0 && resolved.every((ref) => ref.node === fn || isPure(project, ref, depth + 1));
}

/** Whether what is changed is declared in the function itself (its parameters' contents are not). */
function isLocal(file: SourceFile, fn: Node, target: Node): boolean {
  let root = unwrap(target);
  const direct = root.type === 'Identifier';
  while (root.type === 'MemberExpression') root = unwrap(root.object);
  if (root.type !== 'Identifier') return false;
  const declared = lookup(file, root.name, root);
  const inside = declared && fn.start <= declared.id.start && declared.id.end <= fn.end;
  return Boolean(inside && (direct || declared.kind !== 'param'));
}
