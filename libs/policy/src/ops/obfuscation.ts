import { calleeName } from '../ast/access.js';
import { fold, isAssembled } from '../ast/fold.js';
import { type Node, unwrap } from '../ast/walk.js';
import type { Op } from './op.js';

/** Printable ASCII that is written as an escape: nobody needs that but who hides a word. */
const HIDDEN_ASCII = /\\(?:x[2-7][0-9a-f]|u00[2-7][0-9a-f]|u\{0*[2-7][0-9a-f]\})/i;
const DECODERS = new Set(['fromCharCode', 'fromCodePoint', 'atob', 'unescape']);
const POWERFUL_WORD = /eval|child_process|require|constructor|process|prototype|exec|Function|fetch|https?:|NODE_|rejectUnauthorized/;

/** Code that hides what it does: words in pieces, escapes, decoders, computed names made of literals. */
export const obfuscation: Op = (node, ancestors, { source }) => {
  if (node.type === 'Identifier') {
    const raw = source.text.slice(node.start, node.end);
    return raw.includes('\\u') ? { what: 'spells a name with unicode escapes' } : undefined;
  }
  if (node.type === 'Literal' && typeof node.value === 'string') {
    return HIDDEN_ASCII.test(node.raw ?? '') ? { what: 'hides plain letters behind escapes' } : undefined;
  }
  if (node.type === 'TemplateElement')
    return HIDDEN_ASCII.test(node.value.raw) ? { what: 'hides plain letters behind escapes' } : undefined;
  if (node.type === 'MemberExpression' && node.computed && isAssembled(node.property))
    return { what: 'puts a member name together from pieces' };
  if (node.type === 'MemberExpression' && node.computed && isDerived(node.property))
    return { what: 'computes a member name from literals' };
  if (node.type === 'CallExpression' && isComputed(node.callee, true)) return { what: 'calls a member whose name is put together' };
  if (node.type === 'CallExpression' && node.callee.type === 'CallExpression' && isComputed(node.callee.callee, false)) {
    return { what: 'calls what a computed member gave' };
  }
  if (node.type === 'Property' && node.computed && isAssembled(node.key)) return { what: 'puts a property name together from pieces' };
  if (node.type === 'CallExpression') {
    const name = calleeName(node) ?? '';
    if (DECODERS.has(name)) return { what: `decodes text with ${name}` };
    const [data, encoding] = node.arguments;
    if (
      name === 'from' &&
      data &&
      encoding &&
      fold(unwrap(data)) !== undefined &&
      ['base64', 'base64url', 'hex'].includes(fold(unwrap(encoding)) ?? '')
    ) {
      return { what: 'decodes a literal' };
    }
  }
  const parent = ancestors.at(-1);
  if ((node.type === 'BinaryExpression' || node.type === 'TemplateLiteral') && parent?.type !== 'BinaryExpression' && isAssembled(node)) {
    return POWERFUL_WORD.test(fold(node) ?? '') ? { what: 'puts a powerful word together from pieces' } : undefined;
  }
  return undefined;
};

/** `'rotcurtsnoc'.split('').reverse().join('')`: a name made by calls on a literal. */
function isDerived(property: Node): boolean {
  let node = unwrap(property);
  if (node.type !== 'CallExpression') return false;
  while (node.type === 'CallExpression' || node.type === 'MemberExpression')
    node = unwrap(node.type === 'CallExpression' ? node.callee : node.object);
  return node.type === 'Literal' || node.type === 'TemplateLiteral' || node.type === 'ArrayExpression';
}

/** `x[a]` with a name that is not written in the code; `joined`: only when it is a sum without numbers, `x[a + b]`. */
function isComputed(callee: Node, joined: boolean): boolean {
  const node = unwrap(callee);
  if (node.type !== 'MemberExpression' || !node.computed || fold(node.property) !== undefined) return false;
  const property = unwrap(node.property);
  if (!joined) return true;
  const numeric = (side: Node): boolean => side.type === 'Literal' && typeof side.value === 'number';
  return property.type === 'BinaryExpression' && property.operator === '+' && !numeric(property.left) && !numeric(property.right);
}
