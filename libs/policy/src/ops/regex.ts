import { calleeName } from '../ast/access.js';
import { fold } from '../ast/fold.js';
import type { Op } from './op.js';

/** A repeated group that repeats itself, such as `(a+)+` or `(a|a)*`: exponential on text made for it (CWE-1333). */
const NESTED = /\((?:\?:|\?<\w+>)?(?:[^()\\]|\\.)*[+*}](?:[^()\\]|\\.)*\)(?:[+*]|\{\d+,)/;

export const slowPattern: Op = (node) => {
  const pattern =
    node.type === 'Literal' && 'regex' in node
      ? node.regex.pattern
      : (node.type === 'NewExpression' || node.type === 'CallExpression') && calleeName(node) === 'RegExp' && node.arguments[0]
        ? fold(node.arguments[0])
        : undefined;
  // NESTED itself is quadratic: a pattern too long to judge does not pass.
  if (pattern !== undefined && pattern.length > 500) return { what: 'has a pattern that is too long to judge' };
  return pattern !== undefined && NESTED.test(pattern) ? { what: 'has a pattern that can take exponential time' } : undefined;
};
