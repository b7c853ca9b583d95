import { type Edit, insert } from '../../edits.js';
import { functionsOf } from '../../functions.js';
import { calleeName, type FunctionNode, isFunction, type Node } from '../../nodes.js';
import type { SourceFile } from '../../source-file.js';
import type { Change, MutationContext, MutationOperator } from '../mutation.js';
import { brief } from '../statements.js';

/**
 * `await` before a call (making its function async where it is not), or one too many. typescript-eslint's
 * `no-floating-promises` and `await-thenable` name the same slips; one of the frequent bug patterns of Node programs
 * (Wang et al.: "A comprehensive study on real world concurrency bugs in Node.js", ASE 2017).
 */
export const missingAwait: MutationOperator = {
  name: 'missing-await',
  prior: 0.03,
  *propose(node, { file }: MutationContext): Iterable<Change> {
    if (node.type === 'AwaitExpression') {
      yield {
        summary: `do not await ${brief(file.textOf(node.argument))}`,
        edits: [{ start: node.start, end: node.argument.start, text: '' }],
        weight: 0.2,
      };
      return;
    }
    if (node.type !== 'CallExpression') return;
    const parent = file.parentOf(node);
    if (parent?.type === 'AwaitExpression') return;
    const home = file.enclosingFunction(node);
    const likely = isAsyncCall(file, node);
    if (!home?.async && !likely) return;
    const member = parent?.type === 'MemberExpression' && parent.object === node;
    const edits = [insert(node.start, member ? '(await ' : 'await '), ...(member ? [insert(node.end, ')')] : [])];
    if (home && !home.async) {
      const start = asyncAt(file, home);
      if (!start) return;
      edits.push(start);
    }
    yield { summary: `await ${brief(file.textOf(node))}`, edits, weight: (likely ? 1 : 0.3) * (home?.async ? 1 : 0.4) };
  },
};

function asyncAt(file: SourceFile, home: FunctionNode): Edit | undefined {
  const parent = file.parentOf(home);
  if (home.generator) return undefined;
  if (parent?.type === 'MethodDefinition') return parent.kind === 'method' && !parent.static ? insert(parent.start, 'async ') : undefined;
  if (parent?.type === 'Property' && parent.method) return insert(parent.start, 'async ');
  return parent?.type === 'Property' && parent.kind !== 'init' ? undefined : insert(home.start, 'async ');
}

const asyncNames = new WeakMap<SourceFile, Set<string>>();

/** The callee is an async function of the file, is awaited elsewhere in it, or is Promise's own. */
function isAsyncCall(file: SourceFile, call: Extract<Node, { type: 'CallExpression' }>): boolean {
  let names = asyncNames.get(file);
  if (!names) {
    names = new Set(functionsOf(file).flatMap(({ node, name }) => (isFunction(node) && node.async && name ? [name] : [])));
    for (const node of file.nodes) {
      const name = node.type === 'AwaitExpression' && node.argument.type === 'CallExpression' ? calleeName(node.argument) : undefined;
      if (name) names.add(name);
    }
    asyncNames.set(file, names);
  }
  return names.has(calleeName(call) ?? '') || /^(Promise|fs\.promises)\./.test(file.textOf(call.callee));
}
