import { calleeName, memberName } from '../ast/access.js';
import { fold } from '../ast/fold.js';
import { isFunction, type Node, someHere, unwrap } from '../ast/walk.js';
import type { Op } from './op.js';

const LAST_RESORT = new Set(['uncaughtException', 'unhandledRejection', 'uncaughtExceptionMonitor']);

/** Errors that go nowhere: empty catch clauses and handlers, a finally that returns, process-wide handlers. */
export const swallowed: Op = (node) => {
  if (node.type === 'CatchClause' && doesNothing(node.body)) return { what: 'catches an error and does nothing', key: 'catch' };
  if (node.type === 'TryStatement' && node.finalizer && someHere(node.finalizer, (n) => n.type === 'ReturnStatement')) {
    return { what: 'returns from finally, which drops the error', key: 'finally' };
  }
  if (node.type !== 'CallExpression') return undefined;
  const callee = unwrap(node.callee);
  const name = callee.type === 'MemberExpression' ? memberName(callee) : undefined;
  const handler = name === 'catch' ? node.arguments[0] : name === 'then' ? node.arguments[1] : undefined;
  if (handler && isSilent(handler)) return { what: 'handles a rejection by doing nothing', key: 'rejection' };
  const event = node.arguments[0] && fold(node.arguments[0]);
  if (['on', 'once', 'addListener', 'prependListener'].includes(calleeName(node) ?? '') && event && LAST_RESORT.has(event)) {
    return { what: `handles ${event} for the whole process`, key: event };
  }
  return undefined;
};

function isSilent(handler: Node): boolean {
  const fn = unwrap(handler);
  if (fn.type === 'Identifier') return /^(?:noop|undefined|ignore)$/i.test(fn.name);
  if (!isFunction(fn) || !fn.body) return false;
  return fn.body.type === 'BlockStatement' ? doesNothing(fn.body) : isNothing(fn.body);
}

/** A block of nothing but empty statements, `return`, `continue`, `void 0` and unused names. */
const doesNothing = (block: Node): boolean =>
  block.type === 'BlockStatement' &&
  block.body.every(
    (s) =>
      s.type === 'EmptyStatement' ||
      s.type === 'ContinueStatement' ||
      s.type === 'BreakStatement' ||
      (s.type === 'ReturnStatement' && (!s.argument || isNothing(s.argument))) ||
      (s.type === 'ExpressionStatement' && ['Literal', 'Identifier'].includes(unwrap(s.expression).type)) ||
      (s.type === 'BlockStatement' && doesNothing(s)),
  );

/** `undefined`, `null`, `void 0`. A default value is something: it may be the right answer to a malformed input. */
function isNothing(expression: Node): boolean {
  const node = unwrap(expression);
  if (node.type === 'Literal') return node.value === null && node.raw === 'null';
  return (node.type === 'Identifier' && node.name === 'undefined') || (node.type === 'UnaryExpression' && node.operator === 'void');
}
