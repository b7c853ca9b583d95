import { type Edit, insert, isFunction, type Node } from '@selfheal/engine';
import type { Proposal } from '../shared/playbook.js';
import type { Forgotten } from './forgotten.js';

/** Adds the await, and `async` to the function around when it has none (whose callers then have to await, too: a lower score). */
export function addAwait({ file, call, use }: Forgotten): Proposal[] {
  const fn = file.enclosingFunction(call);
  if (fn && isFunction(fn) && fn.generator) return [];
  const parent = file.parentOf(call);
  const tight =
    (parent?.type === 'MemberExpression' && parent.object === call) ||
    (parent?.type === 'CallExpression' && parent.callee === call) ||
    parent?.type === 'ChainExpression' ||
    parent?.type === 'TSNonNullExpression';
  const edits: Edit[] = tight ? [insert(call.start, '(await '), insert(call.end, ')')] : [insert(call.start, 'await ')];
  if (fn && !fn.async) edits.unshift(insert(asyncAt(file.parentOf(fn), fn), 'async '));
  const callee = file.textOf(call.callee).slice(0, 200);
  const becomesAsync = fn !== undefined && !fn.async;
  return [
    {
      edits: { [file.path]: edits },
      template: becomesAsync ? 'missing-await/await-in-async' : 'missing-await/await',
      summary: `await ${callee}()${becomesAsync ? ', in a function that becomes async' : ''}`,
      score: (becomesAsync ? 0.7 : 0.95) - (use === 'floating' ? 0.2 : 0),
    },
  ];
}

/** Where `async` goes: before the function, or before the name of a method. */
const asyncAt = (parent: Node | undefined, fn: Node): number => {
  const method = parent?.type === 'MethodDefinition' || (parent?.type === 'Property' && parent.method);
  return method && (parent?.type === 'MethodDefinition' || parent?.type === 'Property') ? parent.key.start : fn.start;
};
