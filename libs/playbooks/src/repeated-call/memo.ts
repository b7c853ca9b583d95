import { calleeName, insert, type NodeOf, replace, resolveCallee, type SourceFile, unwrap } from '@selfheal/engine';
import { before, camel, freshName, isInvariant, iterationsOf } from '../shared/iterations.js';
import { indentOf } from '../shared/objects.js';
import type { Scene } from '../shared/scene.js';
import { type Slowness, slowness } from '../shared/slow.js';
import { isPure, soundsLikeEffect } from './purity.js';

/**
 * A call in a loop with one argument that depends on the item, which may come again: its results are kept in a Map made
 * before the loop, so that nothing outlives the request. Of an awaited call the promise is kept: what is asked twice at
 * once is asked once.
 */
export function repeatedCalls(scene: Scene): Slowness[] {
  return scene.places.flatMap(({ file, node, weight }) => {
    if (node.type !== 'CallExpression' || !isMemorable(scene, file, node)) return [];
    const callee = unwrap(node.callee);
    const iteration = iterationsOf(file, node)
      .filter(({ node: loop }) => isInvariant(file, callee, loop))
      .at(-1);
    const statement = iteration && before(file, iteration);
    const [argument] = node.arguments;
    if (!iteration || !statement || !argument || isInvariant(file, node, iteration.node)) return [];
    const name = calleeName(node) ?? 'value';
    const called = file.textOf(callee);
    const memo = freshName(file, camel(name, 'Memo'));
    const once = freshName(file, camel(name, 'Once'));
    const typed = /\.[cm]?tsx?$/.test(file.path);
    const types = typed
      ? [`<Parameters<typeof ${called}>[0], ReturnType<typeof ${called}>>`, `key: Parameters<typeof ${called}>[0]`]
      : ['', 'key'];
    const indent = indentOf(file, statement);
    const lines = [
      `const ${memo} = new Map${types[0]}();`,
      `const ${once} = (${types[1]}) => {`,
      `  const known = ${memo}.get(key);`,
      `  if (known !== undefined || ${memo}.has(key)) return known${typed ? ` as ReturnType<typeof ${called}>` : ''};`,
      `  const value = ${called}(key);`,
      `  ${memo}.set(key, value);`,
      '  return value;',
      '};',
    ];
    const edits = [insert(statement.start, lines.map((line) => `${line}\n${indent}`).join('')), replace(node.callee, once)];
    const summary = `remember what ${name} gave for the same argument, for the length of the request`;
    return [slowness('repeated-call', file, node, edits, { template: 'memo', summary, score: 0.8 * weight })];
  });
}

function isMemorable(scene: Scene, file: SourceFile, call: NodeOf<'CallExpression'>): boolean {
  const [argument, more] = call.arguments;
  if (!argument || more || call.optional || !['Identifier', 'MemberExpression', 'TemplateLiteral'].includes(argument.type)) return false;
  const isAwaited = file.parentOf(call)?.type === 'AwaitExpression';
  const resolved = resolveCallee(scene.project, file, call.callee);
  if (resolved.length === 0 || resolved.some(({ node }) => node.params.length !== 1)) return false;
  if (isAwaited) return !soundsLikeEffect(calleeName(call) ?? '');
  return resolved.every((ref) => isPure(scene.project, ref));
}
