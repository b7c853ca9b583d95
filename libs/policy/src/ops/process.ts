import { accessAt } from '../ast/access.js';
import type { Op, OpFound } from './op.js';

const ENDS = new Set(['exit', 'kill', 'abort', 'reallyExit', 'disconnect']);
const DOORS = new Set([
  'binding',
  'dlopen',
  '_linkedBinding',
  'mainModule',
  'getBuiltinModule',
  'setuid',
  'setgid',
  'seteuid',
  'setegid',
  'initgroups',
  'chdir',
  'umask',
  'execve',
  'loadEnvFile',
  'removeAllListeners',
  'setSourceMapsEnabled',
  'send',
  '?',
]);

/** What a patch may not do with `process`: end it, open a back door, dump or change its environment, pass it on. */
export const processUse: Op = (node, ancestors, { text }) => {
  const access = accessAt(node, ancestors);
  if (access?.chain[0] !== 'process') return undefined;
  const [, member, name] = access.chain;
  const { parent } = access;
  const found = (what: string): OpFound => ({ what, key: text(access.top) });
  if (member === undefined) {
    return parent?.type === 'UnaryExpression' && parent.operator === 'typeof' ? undefined : found('hands on process as a whole');
  }
  if (ENDS.has(member)) return found(`calls process.${member}`);
  if (DOORS.has(member)) return found(`uses process.${member === '?' ? '[computed]' : member}`);
  if (member !== 'env') return undefined;
  const written = parent?.type === 'AssignmentExpression' && parent.left === access.top;
  const deleted = parent?.type === 'UnaryExpression' && parent.operator === 'delete';
  if (written || deleted) return found('changes the environment of the process');
  if (name === '?') return found('reads an environment variable by a computed name');
  if (name !== undefined) return undefined;
  const picks =
    parent?.type === 'VariableDeclarator' &&
    parent.id.type === 'ObjectPattern' &&
    !parent.id.properties.some((p) => p.type === 'RestElement' || p.computed);
  return picks ? undefined : found('hands on the whole environment (process.env)');
};
