import {
  type FunctionRef,
  isFunction,
  memberName,
  type Node,
  type NodeOf,
  resolveCallee,
  returnShape,
  type SourceFile,
} from '@selfheal/engine';
import type { Scene } from '../shared/scene.js';

export interface Forgotten {
  readonly file: SourceFile;
  readonly call: NodeOf<'CallExpression'>;
  readonly use: 'value' | 'floating';
  readonly weight: number;
}

/** Calls of async functions whose promise is taken for its value, most suspicious first. */
export function forgottenAwaits(scene: Scene): Forgotten[] {
  return scene.places
    .flatMap(({ file, node, weight }) => {
      const use = node.type === 'CallExpression' ? useOf(file, node) : undefined;
      if (node.type !== 'CallExpression' || !use) return [];
      const callees = resolveCallee(scene.project, file, node.callee);
      const async = callees.length > 0 && callees.every((callee) => isAsync(scene, callee));
      return async ? [{ file, call: node, use, weight }] : [];
    })
    .sort((a, b) => Number(a.use === 'floating') - Number(b.use === 'floating') || b.weight - a.weight);
}

const isAsync = (scene: Scene, callee: FunctionRef): boolean =>
  !callee.node.generator && (callee.node.async || returnShape(scene.project, callee)?.kind === 'promise');

/** How the promise is used, or nothing when it is handled: awaited, returned, chained, collected or kept on purpose. */
function useOf(file: SourceFile, call: Node): 'value' | 'floating' | undefined {
  const parent = file.parentOf(call);
  switch (parent?.type) {
    case 'AwaitExpression':
    case 'ReturnStatement':
    case 'ArrowFunctionExpression':
    case 'YieldExpression':
      return undefined;
    case 'UnaryExpression':
      return parent.operator === 'void' ? undefined : 'value';
    case 'ExpressionStatement':
      return 'floating';
    case 'MemberExpression':
      return ['then', 'catch', 'finally'].includes(memberName(parent) ?? '') ? undefined : 'value';
    case 'ArrayExpression':
      // Collected for Promise.all and its kin.
      return undefined;
    case 'CallExpression':
    case 'NewExpression': {
      const name = file.textOf(parent.callee);
      return /^Promise\.|\.push$|\.add$/.test(name) ? undefined : 'value';
    }
    case 'VariableDeclarator':
      return parent.id.type === 'Identifier' ? useOfVariable(file, parent, parent.id.name) : 'value';
    case 'ConditionalExpression':
    case 'LogicalExpression':
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'ChainExpression':
      return useOf(file, parent);
    default:
      return 'value';
  }
}

/** A promise in a variable is fine when the variable is awaited, returned or chained somewhere. */
function useOfVariable(file: SourceFile, declarator: Node, name: string): 'value' | undefined {
  const fn = file.enclosingFunction(declarator);
  const uses = (fn && isFunction(fn) ? file.within(fn) : file.nodes).filter(
    (n) => n.type === 'Identifier' && n.name === name && n.start > declarator.end,
  );
  const handled = uses.some((node) => {
    const parent = file.parentOf(node);
    if (parent?.type === 'AwaitExpression' || parent?.type === 'ArrayExpression') return true;
    if (parent?.type === 'MemberExpression')
      return parent.object === node && ['then', 'catch', 'finally'].includes(memberName(parent) ?? '');
    return parent?.type === 'CallExpression' && file.textOf(parent.callee).startsWith('Promise.');
  });
  return handled ? undefined : 'value';
}
