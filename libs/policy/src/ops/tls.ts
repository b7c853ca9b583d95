import { keyName, memberName } from '../ast/access.js';
import { fold } from '../ast/fold.js';
import { type Node, unwrap } from '../ast/walk.js';
import { constantTruth } from './loops.js';
import type { Op } from './op.js';

/** Options that must stay true, and those that must not be set at all. */
const MUST_BE_TRUE = new Set(['rejectUnauthorized', 'strictSSL']);
const NOT_FALSE = new Set(['httpOnly', 'secure', 'verify', 'checkSignature', 'csrf', 'contentSecurityPolicy']);
const NEVER = new Set(['checkServerIdentity', 'secureProtocol', 'insecureHTTPParser', 'NODE_TLS_REJECT_UNAUTHORIZED', 'ignoreExpiration']);

/** TLS and token verification that is switched off, as an option, an assignment or an environment variable. */
export const weakTls: Op = (node, ancestors) => {
  if (node.type === 'Property') return weak(keyName(node.key, node.computed), node.value);
  if (node.type === 'AssignmentExpression' && node.left.type === 'MemberExpression') return weak(memberName(node.left), node.right);
  const parent = ancestors.at(-1);
  if (node.type === 'Literal' && node.value === 'NODE_TLS_REJECT_UNAUTHORIZED' && parent?.type !== 'MemberExpression') {
    return { what: 'names NODE_TLS_REJECT_UNAUTHORIZED' };
  }
  return undefined;
};

function weak(name: string | undefined, value: Node): { what: string } | undefined {
  if (name === undefined) return undefined;
  if (MUST_BE_TRUE.has(name)) {
    const inner = unwrap(value);
    return inner.type === 'Literal' && inner.value === true ? undefined : { what: `sets ${name} to something other than true` };
  }
  if (NOT_FALSE.has(name)) return constantTruth(value) === false ? { what: `sets ${name} to false` } : undefined;
  if (NEVER.has(name)) return { what: `sets ${name}` };
  const none = name === 'algorithms' || name === 'alg' ? JSON.stringify(valuesIn(value)).toLowerCase().includes('"none"') : false;
  return none ? { what: 'accepts tokens that are not signed (algorithm none)' } : undefined;
}

function valuesIn(node: Node): (string | undefined)[] {
  const inner = unwrap(node);
  return inner.type === 'ArrayExpression' ? inner.elements.map((e) => (e ? fold(e) : undefined)) : [fold(inner)];
}
