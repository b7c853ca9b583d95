import {
  awaited,
  calleeName,
  knownKeys,
  lookup,
  memberName,
  type Node,
  type NodeOf,
  namesInScope,
  type Project,
  propertyOf,
  replace,
  type Shape,
  type SourceFile,
  shapeOf,
} from '@selfheal/engine';
import type { Mutation } from './mutation.js';

/** Another value of the same kind: swapped arguments or branches, a neighbouring variable or property, a flipped literal. */
export function logicMutations(project: Project, file: SourceFile, node: Node): Mutation[] {
  const make = (name: string, edits: Mutation['edits'], summary: string, prior: number): Mutation => ({
    kind: 'logic',
    name,
    node,
    edits,
    summary,
    prior,
  });
  switch (node.type) {
    case 'CallExpression':
      return swappedArguments(file, node, make);
    case 'ConditionalExpression':
      return [make('swap-branches', swap(file, node.consequent, node.alternate), 'swap the branches', 0.5)];
    case 'BinaryExpression':
      return node.operator === '-' || node.operator === '/'
        ? [make('swap-operands', swap(file, node.left, node.right), `swap the sides of ${file.textOf(node).slice(0, 80)}`, 0.4)]
        : [];
    case 'Literal':
      return typeof node.value === 'boolean'
        ? [make('flip-boolean', [replace(node, String(!node.value))], `${!node.value} instead of ${node.value}`, 0.5)]
        : [];
    case 'Identifier':
      return otherVariables(project, file, node, make);
    case 'MemberExpression':
      return otherProperties(project, file, node, make);
    default:
      return [];
  }
}

type Make = (name: string, edits: Mutation['edits'], summary: string, prior: number) => Mutation;

const swap = (file: SourceFile, a: Node, b: Node): Mutation['edits'] => [replace(a, file.textOf(b)), replace(b, file.textOf(a))];

function swappedArguments(file: SourceFile, call: NodeOf<'CallExpression'>, make: Make): Mutation[] {
  const [first, second] = call.arguments;
  if (calleeName(call) === 'localeCompare' && call.callee.type === 'MemberExpression' && first) {
    return [make('reverse-order', swap(file, call.callee.object, first), 'compare the other way round', 0.55)];
  }
  if (!first || !second || first.type === 'SpreadElement' || first.type === second.type) {
    return first && second && first.type !== 'Literal' && !isCallback(first) && !isCallback(second) && first.type !== 'SpreadElement'
      ? [make('swap-arguments', swap(file, first, second), `swap the arguments of ${calleeName(call) ?? 'the call'}`, 0.35)]
      : [];
  }
  return [];
}

const isCallback = (node: Node): boolean => node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression';

/** Variables of the same kind that are visible: a sum of the wrong amount, a rate for another. */
function otherVariables(project: Project, file: SourceFile, node: NodeOf<'Identifier'>, make: Make): Mutation[] {
  const parent = file.parentOf(node);
  if (parent?.type !== 'BinaryExpression' && parent?.type !== 'CallExpression' && parent?.type !== 'ReturnStatement') return [];
  if (parent.type === 'CallExpression' && parent.callee === node) return [];
  const kind = kindOf(awaited(shapeOf(project, file, node)));
  const fn = file.enclosingFunction(node);
  if (!kind || !fn) return [];
  const near = namesInScope(file, node).filter((name) => {
    const binding = lookup(file, name, node);
    return name !== node.name && binding !== undefined && binding.scope !== file.program && binding.id.end < node.start;
  });
  return near
    .filter((name) => kindOf(awaited(shapeOf(project, file, lookup(file, name, node)?.id ?? node))) === kind)
    .slice(0, 4)
    .map((name) => make('other-variable', [replace(node, name)], `${name} instead of ${node.name}`, 0.35));
}

function otherProperties(project: Project, file: SourceFile, node: NodeOf<'MemberExpression'>, make: Make): Mutation[] {
  const name = memberName(node);
  const parent = file.parentOf(node);
  if (name === undefined || node.computed || parent?.type === 'CallExpression' || parent?.type === 'MemberExpression') return [];
  const object = awaited(shapeOf(project, file, node.object));
  const kind = kindOf(propertyOf(object, name));
  if (!kind) return [];
  return (knownKeys(object) ?? [])
    .filter((key) => key !== name && kindOf(propertyOf(object, key)) === kind)
    .slice(0, 4)
    .map((key) => make('other-property', [replace(node.property, key)], `${key} instead of ${name}`, 0.4));
}

const kindOf = (shape: Shape | undefined): string | undefined => (shape?.kind === 'primitive' ? shape.name : undefined);
