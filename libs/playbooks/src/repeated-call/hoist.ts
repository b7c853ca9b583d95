import {
  calleeName,
  insert,
  isFunction,
  memberName,
  type Node,
  type NodeOf,
  replace,
  resolveCallee,
  type SourceFile,
  stringValue,
  unwrap,
} from '@selfheal/engine';
import { before, camel, freshName, isInvariant, iterationsOf } from '../shared/iterations.js';
import { indentOf } from '../shared/objects.js';
import type { Scene } from '../shared/scene.js';
import { type Slowness, slowness } from '../shared/slow.js';
import { isPure, soundsLikeEffect } from './purity.js';
import { isShareable } from './sharing.js';

/** Calls in a loop that give the same each time: they move before it. Reads (`await loadRates()`) too, once a request. */
export function invariantCalls(scene: Scene): Slowness[] {
  return scene.places.flatMap(({ file, node, weight }) => {
    const work = node.type === 'AwaitExpression' ? node.argument : node;
    if ((work.type !== 'CallExpression' && work.type !== 'NewExpression') || file.parentOf(node)?.type === 'AwaitExpression') return [];
    if (file.parentOf(node)?.type === 'ExpressionStatement' || !isWorthIt(scene, file, work, node.type === 'AwaitExpression')) return [];
    // Out of the outermost loop for which it is the same, as long as every loop between is so too.
    const all = iterationsOf(file, node).filter((each) => each.node !== work);
    const bound = all.findIndex((each) => !isInvariant(file, work, each.node));
    const iteration = (bound === -1 ? all : all.slice(0, bound)).at(-1);
    const statement = iteration && before(file, iteration);
    if (!iteration || !statement || (node.type === 'AwaitExpression' && !mayAwait(file, statement))) return [];
    if (!isShareable(file, node, iteration.node)) return [];
    const name = freshName(file, resultName(calleeName(work) ?? 'value'));
    const text = file.textOf(node);
    const same = file
      .within(iteration.node)
      .filter(
        (other) =>
          other.type === node.type && file.textOf(other) === text && !isWithin(other, node) && isInvariant(file, other, iteration.node),
      );
    const edits = [
      insert(statement.start, `const ${name} = ${text};\n${indentOf(file, statement)}`),
      ...[node, ...same].map((each) => replace(each, name)),
    ];
    const summary = `compute ${text.replace(/\s+/g, ' ').slice(0, 80)} once, before the loop`;
    return [slowness('repeated-call', file, node, edits, { template: 'hoist', summary, score: 0.88 * weight })];
  });
}

const isWithin = (a: Node, b: Node): boolean => a.start >= b.start && a.end <= b.end;

function isWorthIt(scene: Scene, file: SourceFile, work: NodeOf<'CallExpression'> | NodeOf<'NewExpression'>, isAwaited: boolean): boolean {
  const name = calleeName(work) ?? '';
  if (work.arguments.some((argument) => isFunction(argument)) && !['map', 'filter', 'reduce', 'flatMap', 'toSorted', 'sort'].includes(name))
    return false;
  if (work.type === 'NewExpression') {
    // A RegExp with the flag g or y remembers where it was: it cannot be shared.
    const [, flags] = work.arguments;
    return name === 'RegExp' ? !flags || /^[dimsuv]*$/.test(stringValue(flags) ?? 'g') : name === 'Map' || name === 'Set';
  }
  const callee = unwrap(work.callee);
  if (callee.type === 'MemberExpression') {
    const owner = file.textOf(callee.object);
    if (owner === 'JSON' && (name === 'parse' || name === 'stringify')) return true;
    if (owner === 'Object' && ['keys', 'values', 'entries', 'fromEntries'].includes(name)) return true;
    // `[...xs].sort(…)` and `xs.filter(…)` of the same list; `xs.sort()` in place is a change of xs.
    if (['filter', 'map', 'toSorted', 'flatMap', 'reduce'].includes(name) && !memberIsOwn(scene, file, callee)) return true;
    if (name === 'sort' && callee.object.type === 'ArrayExpression') return true;
  }
  const resolved = resolveCallee(scene.project, file, callee);
  if (isAwaited) return !soundsLikeEffect(name) && !/^(?:all|race|any|allSettled)$/.test(name) && resolved.length > 0;
  return resolved.length > 0 && resolved.every((ref) => isPure(scene.project, ref));
}

const memberIsOwn = (scene: Scene, file: SourceFile, callee: NodeOf<'MemberExpression'>): boolean =>
  memberName(callee) === undefined || resolveCallee(scene.project, file, callee).length > 0;

function mayAwait(file: SourceFile, statement: Node): boolean {
  const fn = file.enclosingFunction(statement);
  return !fn || fn.async;
}

const resultName = (called: string): string => {
  const noun = called.replace(/^(?:get|load|fetch|find|compute|calculate|calc|build|parse|read|list|query)(?=[A-Z])/, '');
  return camel(noun === called ? `${called}Result` : noun);
};
