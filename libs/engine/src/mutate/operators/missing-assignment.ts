import type { Binding } from '../../bindings.js';
import type { Node } from '../../nodes.js';
import type { SourceFile } from '../../source-file.js';
import { conditionsIn } from '../ingredients.js';
import type { Change, MutationContext, MutationOperator } from '../mutation.js';
import { isReference, localsAt, visibleAt } from '../scope.js';
import { brief, insertAfter, insertBefore, isStatement, leaves, placeOf, semicolonOf } from '../statements.js';
import { usesOf } from '../uses.js';

/**
 * An assignment that is missing ("missing assignment" in HumanEvalPack; SWE-smith remove_assign):
 * - the middle of a swap: `tmp = p[j]; p[ind] = tmp` lacks `p[j] = p[ind]` (HumanEvalFix JavaScript/105, /149);
 * - a variable that is declared and read but never changed: a counter without `n++`, a list without `push`, a result
 *   that nothing is assigned to;
 * - a variable that takes the value of a part of the statement before: `number = number % num[i]` (JavaScript/156).
 */
export const missingAssignment: MutationOperator = {
  name: 'missing-assignment',
  prior: 0.11,
  *propose(node, { file }: MutationContext): Iterable<Change> {
    const place =
      isStatement(node) && node.type !== 'BlockStatement' && node.type !== 'FunctionDeclaration' ? placeOf(file, node) : undefined;
    if (!place || !file.enclosingFunction(node)) return;
    const previous = place.list[place.index - 1];
    const semi = semicolonOf(file);
    const last = place.index === place.list.length - 1 && !leaves(node);
    const at = (text: string, weight: number, where: 'before' | 'after'): Change => ({
      summary: `${brief(text)} ${where} ${brief(file.textOf(node), 50)}`,
      edits: [where === 'before' ? insertBefore(file, node, text + semi) : insertAfter(file, node, text + semi)],
      weight,
    });
    const middle = previous && middleOfSwap(file, previous, node);
    if (middle) yield at(middle, 1, 'before');
    for (const [text, weight] of neverChanged(file, node)) {
      yield at(text, weight, 'before');
      if (last) yield at(text, weight, 'after');
    }
    if (previous) for (const [text, weight] of fromPart(file, previous, node)) yield at(text, weight, 'before');
    if (last) for (const [text, weight] of fromPart(file, node, node)) yield at(text, weight, 'after');
  },
};

/** `t = A; ...; B = t` lacks `A = B`. */
function middleOfSwap(file: SourceFile, first: Node, second: Node): string | undefined {
  const saved =
    first.type === 'VariableDeclaration' && first.declarations.length === 1
      ? { name: first.declarations[0]?.id, value: first.declarations[0]?.init }
      : first.type === 'ExpressionStatement' && first.expression.type === 'AssignmentExpression' && first.expression.operator === '='
        ? { name: first.expression.left, value: first.expression.right }
        : undefined;
  if (!saved?.name || !saved.value || second.type !== 'ExpressionStatement') return undefined;
  const { expression } = second;
  if (expression.type !== 'AssignmentExpression' || expression.operator !== '=') return undefined;
  if (file.textOf(expression.right) !== file.textOf(saved.name) || saved.value.type === 'Literal') return undefined;
  const [from, to] = [file.textOf(saved.value), file.textOf(expression.left)];
  return from === to ? undefined : `${from} = ${to}`;
}

function* neverChanged(file: SourceFile, at: Node): Iterable<[string, number]> {
  const locals = localsAt(file, at);
  for (const binding of locals) {
    if (binding.kind !== 'variable' || binding.declaration.type !== 'VariableDeclarator' || binding.declaration.id.type !== 'Identifier')
      continue;
    const declaration = file.parentOf(binding.declaration);
    if (declaration?.type !== 'VariableDeclaration') continue;
    const { writes, pushes } = usesOf(file, binding);
    const { init } = binding.declaration;
    const { name } = binding;
    const constant = declaration.kind === 'const';
    if (writes === 0 && !constant && init?.type === 'Literal' && typeof init.value === 'number') {
      yield [`${name}++`, 0.9];
      yield [`${name}--`, 0.3];
      for (const condition of flagsAt(file, at)) yield [`if (${condition}) { ${name}++ }`, 0.7];
      for (const other of inner(locals, binding)) yield [`${name} += ${other}`, 0.4];
    } else if (writes === 0 && !constant && (!init || (init.type === 'Literal' && typeof init.value === 'boolean'))) {
      if (init?.type === 'Literal') yield [`${name} = ${String(init.value !== true)}`, 0.9];
      else for (const other of inner(locals, binding)) yield [`${name} = ${other}`, 0.8];
    } else if (init?.type === 'ArrayExpression' && init.elements.length === 0 && writes === 0 && pushes === 0) {
      for (const other of inner(locals, binding)) yield [`${name}.push(${other})`, 0.8];
    }
  }
}

/** Names declared further inside than a variable: what a loop or a callback brings. */
const inner = (locals: readonly Binding[], outer: Binding): string[] =>
  locals
    .filter((binding) => binding !== outer && binding.scope.start >= outer.scope.start && binding.id.start > outer.id.start)
    .map(({ name }) => name)
    .slice(0, 5);

/** Simple conditions of the file on the variables here: what a count may depend on. */
function flagsAt(file: SourceFile, at: Node): string[] {
  const visible = visibleAt(file, at);
  const own = localsAt(file, at).filter(
    ({ kind, declaration }) => kind === 'variable' && declaration.type === 'VariableDeclarator' && declaration.init?.type === 'Literal',
  );
  const flags = own.flatMap(({ name, declaration }) => {
    const value = declaration.type === 'VariableDeclarator' && declaration.init?.type === 'Literal' ? declaration.init.value : undefined;
    return typeof value === 'boolean' ? [name, `!${name}`] : value === 0 || value === 1 ? [`${name} == 1`, `${name} == 0`] : [];
  });
  const said = conditionsIn(file)
    .filter(({ names }) => [...names].every((name) => visible.has(name)))
    .map(({ text }) => text);
  return [...new Set([...flags, ...said])].slice(0, 8);
}

/** `x = <a part of the statement that uses x>`. */
function* fromPart(file: SourceFile, source: Node, at: Node): Iterable<[string, number]> {
  if (source.end - source.start > 200) return;
  const changeable = new Map(localsAt(file, at).map((binding) => [binding.name, binding]));
  for (const part of file.within(source)) {
    if (part.type !== 'BinaryExpression' || !['+', '-', '*', '/', '%'].includes(part.operator)) continue;
    const first = part.left;
    if (first.type !== 'Identifier' || !isReference(file, first) || !changeable.has(first.name)) continue;
    const declaration = file.parentOf(changeable.get(first.name)?.declaration ?? part);
    if (declaration?.type === 'VariableDeclaration' && declaration.kind === 'const') continue;
    yield [`${first.name} = ${file.textOf(part)}`, 0.5];
  }
}
