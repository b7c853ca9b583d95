import { type FunctionNode, functionsOf, insert, type NodeOf, type SourceFile } from '@selfheal/engine';
import { freshName } from '../shared/iterations.js';
import type { Scene } from '../shared/scene.js';
import { type Slowness, slowness } from '../shared/slow.js';
import { isPure } from './purity.js';

/** A pure function of simple values that calls itself twice or more in one turn: each call passes on what is known. */
export function recursions(scene: Scene): Slowness[] {
  return scene.suspects.flatMap(({ file, node, weight }) => {
    const ref = functionsOf(file).find((each) => each.node === node);
    if (!ref || node.type !== 'FunctionDeclaration' || node.params.length === 0 || node.params.length > 3) return [];
    const calls = selfCalls(file, node, ref.name);
    if (calls.length < 2 || calls.some((call) => call.arguments.length !== node.params.length) || !isPure(scene.project, ref)) return [];
    if (!node.params.every((param) => param.type === 'Identifier') || !onlyCalled(file, ref.name)) return [];
    const edits = remembered(file, node, calls);
    const summary = `remember what ${ref.name} has computed while it recurses`;
    return edits ? [slowness('repeated-call', file, node, edits, { template: 'recursion', summary, score: 0.86 * weight })] : [];
  });
}

const selfCalls = (file: SourceFile, fn: FunctionNode, name: string): NodeOf<'CallExpression'>[] =>
  file
    .within(fn)
    .filter(
      (node): node is NodeOf<'CallExpression'> =>
        node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === name,
    );

/** A function that is handed on (`xs.map(f)`) would get an index for its new parameter. */
const onlyCalled = (file: SourceFile, name: string): boolean =>
  file.nodes.every((node) => {
    if (node.type !== 'Identifier' || node.name !== name) return true;
    const parent = file.parentOf(node);
    return (
      !(parent?.type === 'CallExpression' && parent.callee !== node) && parent?.type !== 'Property' && parent?.type !== 'ArrayExpression'
    );
  });

/** The last statement returns the recursive result: it is kept on the way out and looked up on the way in. */
function remembered(file: SourceFile, fn: FunctionNode, calls: readonly NodeOf<'CallExpression'>[]) {
  const last = fn.body?.type === 'BlockStatement' ? fn.body.body.at(-1) : undefined;
  if (last?.type !== 'ReturnStatement' || !last.argument || !fn.body || !('body' in fn.body)) return undefined;
  const returned = last.argument;
  // Every recursive call must come after the place where the memory is asked.
  const first =
    fn.body.type === 'BlockStatement' ? fn.body.body.find((s) => calls.some((c) => c.start >= s.start && c.end <= s.end)) : undefined;
  const params = fn.params.map((param) => (param.type === 'Identifier' ? param.name : ''));
  const lastParam = fn.params.at(-1);
  if (first !== last || !lastParam) return undefined;
  const memo = freshName(file, 'memo');
  const typed = /\.[cm]?tsx?$/.test(file.path);
  const returns = fn.returnType ? file.textOf(fn.returnType).replace(/^:\s*/, '') : 'any';
  if (typed && returns === 'any') return undefined;
  const key = params.length === 1 ? params[0] : `[${params.join(', ')}].join()`;
  const keyType =
    params.length === 1 && fn.params[0]?.type === 'Identifier' && fn.params[0].typeAnnotation
      ? file.textOf(fn.params[0].typeAnnotation).replace(/^:\s*/, '')
      : 'string';
  const known = freshName(file, 'known');
  const lineStart = file.text.lastIndexOf('\n', last.start - 1) + 1;
  const indent = /^[ \t]*/.exec(file.text.slice(lineStart, last.start))?.[0] ?? '';
  return [
    insert(lastParam.end, `, ${memo} = new Map${typed ? `<${keyType}, ${returns}>` : ''}()`),
    insert(last.start, `const ${known} = ${memo}.get(${key});\n${indent}if (${known} !== undefined) return ${known};\n${indent}`),
    insert(returned.start, `${memo}.set(${key}, `),
    ...calls.map((call) => insert(call.end - 1, `, ${memo}`)),
    insert(returned.end, `).get(${key})${typed ? ` as ${returns}` : ''}`),
  ];
}
