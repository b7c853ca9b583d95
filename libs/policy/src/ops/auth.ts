import { calleeName, keyName } from '../ast/access.js';
import { isFunction, type Node, type NodeOf } from '../ast/walk.js';
import { constantTruth } from './loops.js';
import type { Op } from './op.js';

/** Names of what stands between a request and what it may do. */
const AUTH =
  /auth(?!or(?!i[sz]))|verif|permission|permit|require(?:user|login|role|admin|session)|ensure(?:user|login|role|admin)|isadmin|hasrole|hasscope|checkrole|csrf|xsrf|signature|timingsafeequal|jwt|guard|ratelimit|helmet|sanitize|escapehtml/i;
const named = (name: string | undefined): boolean => name !== undefined && AUTH.test(name);

/** Calls, decorators and middleware that protect something: a patch may move them, not take them away. */
export const protection: Op = (node, ancestors) => {
  const parent = ancestors.at(-1);
  if (node.type === 'CallExpression' && (named(calleeName(node)) || protectsByObject(node))) {
    const negated = parent?.type === 'UnaryExpression' && parent.operator === '!';
    return { what: `call of ${calleeName(node)}`, key: `${negated ? 'not ' : ''}${calleeName(node)}` };
  }
  if (node.type === 'Identifier' && named(node.name) && parent?.type === 'CallExpression' && parent.callee !== node) {
    return { what: `use of ${node.name}`, key: node.name };
  }
  if (node.type === 'Literal' && (node.value === 401 || node.value === 403))
    return { what: `an answer of ${node.value}`, key: `${node.value}` };
  if (node.type === 'Decorator' && node.expression.type === 'Identifier' && named(node.expression.name)) {
    return { what: `decorator ${node.expression.name}`, key: node.expression.name };
  }
  return undefined;
};

/** `auth.check(…)`, `jwt.decode(…)`: the object's name says it. */
const protectsByObject = (call: NodeOf<'CallExpression'>): boolean =>
  call.callee.type === 'MemberExpression' &&
  call.callee.object.type === 'Identifier' &&
  /^(?:auth|authz|acl|guard|permissions?)$/i.test(call.callee.object.name);

/** New code that makes a protection pointless: constant conditions, verification that may be skipped, always true. */
export const bypass: Op = (node, ancestors, { text }) => {
  if ((node.type === 'IfStatement' || node.type === 'ConditionalExpression') && constantTruth(node.test) !== undefined) {
    return { what: 'decides on a condition that is always the same', key: text(node.test) };
  }
  if (
    node.type === 'LogicalExpression' &&
    node.operator !== '??' &&
    (constantTruth(node.left) !== undefined || (node.operator === '||' && constantTruth(node.right) === true && decides(node, ancestors)))
  ) {
    return { what: 'decides on a condition that is always the same' };
  }
  if (node.type === 'CallExpression' && named(calleeName(node)) && isOptional(node) && isDiscarded(ancestors)) {
    return { what: `skips ${calleeName(node)} when it is not there` };
  }
  const value =
    node.type === 'ReturnStatement' ? node.argument : node.type === 'ArrowFunctionExpression' && node.expression ? node.body : undefined;
  if (value?.type === 'Literal' && value.value === true) {
    const within = node.type === 'ReturnStatement' ? ancestors : [...ancestors, node];
    const name = functionName(within);
    if (named(name)) return { what: `lets ${name} return true`, key: name };
  }
  return undefined;
};

const isOptional = (call: NodeOf<'CallExpression'>): boolean =>
  call.optional || (call.callee.type === 'MemberExpression' && call.callee.optional);
const isDiscarded = (ancestors: readonly Node[]): boolean =>
  ancestors.findLast((a) => a.type !== 'ChainExpression' && a.type !== 'AwaitExpression')?.type === 'ExpressionStatement';

/** The name of the nearest function around, by its declaration, variable, method or property. */
function functionName(ancestors: readonly Node[]): string | undefined {
  const at = ancestors.findLastIndex((ancestor) => isFunction(ancestor));
  const [fn, holder] = [ancestors[at], ancestors[at - 1]];
  if (fn && isFunction(fn) && fn.type !== 'ArrowFunctionExpression' && fn.id) return fn.id.name;
  if (holder?.type === 'VariableDeclarator' && holder.id.type === 'Identifier') return holder.id.name;
  if (holder?.type === 'MethodDefinition' || holder?.type === 'Property' || holder?.type === 'PropertyDefinition')
    return keyName(holder.key, holder.computed);
  return undefined;
}

/** As {@link protection} for a base revision that does not parse, by words: protecting names that are fewer than before. */
export function lostProtections(before: string, after: string): string[] {
  const count = (text: string) => {
    const words = new Map<string, number>();
    for (const [word] of text.matchAll(/[A-Za-z_$][\w$]*|\b40[13]\b/g))
      if (named(word) || /^40[13]$/.test(word)) words.set(word, (words.get(word) ?? 0) + 1);
    return words;
  };
  const left = count(after);
  return [...count(before)]
    .filter(([word, n]) => (left.get(word) ?? 0) < n)
    .map(([word]) => `removes ${word}, in a file that did not parse before`);
}

/**
 * Whether a value is asked for its truth: `if (admin || 1)`, `!(admin || 'x')`. The default of a value, as in
 * `name || 'anonymous'`, is not, unless the default itself is a yes.
 */
function decides(node: NodeOf<'LogicalExpression'>, ancestors: readonly Node[]): boolean {
  const { right } = node;
  if (right.type === 'UnaryExpression' || (right.type === 'Literal' && typeof right.value === 'boolean')) return true;
  let child: Node = node;
  for (const parent of ancestors.toReversed()) {
    if (parent.type === 'UnaryExpression') return parent.operator === '!';
    if ('test' in parent) return parent.test === child;
    if (parent.type !== 'LogicalExpression') return false;
    child = parent;
  }
  return false;
}
