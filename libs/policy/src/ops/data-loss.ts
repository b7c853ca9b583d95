import { calleeName } from '../ast/access.js';
import type { Op } from './op.js';

/** SQL that removes more than rows by a condition, or hands out rights. */
const SQL =
  /\b(?:drop\s+(?:table|database|schema|index|view|user|role)|truncate\s+(?:table\s+)?\w|delete\s+from\s+[\w."`]+\s*(?:;|$)|alter\s+(?:table|user|role)|grant\s+\w+)/i;
const CALLS = new Set([
  'dropDatabase',
  'dropTable',
  'dropCollection',
  'dropSchema',
  'flushall',
  'flushAll',
  'flushdb',
  'flushDb',
  'truncate',
  'deleteMany',
]);

/** Data that is gone after the patch cannot be brought back by taking the patch back. */
export const dataLoss: Op = (node) => {
  const text =
    node.type === 'Literal' && typeof node.value === 'string' ? node.value : node.type === 'TemplateElement' ? node.value.raw : '';
  const [statement] = SQL.exec(text) ?? [];
  if (statement) return { what: `has SQL that cannot be undone (${statement.slice(0, 40)})` };
  return node.type === 'CallExpression' && CALLS.has(calleeName(node) ?? '')
    ? { what: `calls ${calleeName(node)}, which cannot be undone` }
    : undefined;
};
