import { type Binding, bindingsOf, insert, type Node, type NodeOf, replace, type SourceFile } from '@selfheal/engine';
import { indentOf, statementOf } from '../shared/objects.js';
import type { Proposal } from '../shared/playbook.js';
import { removal } from '../shared/references.js';
import { fixOf } from './fix.js';

/** The name is declared in an inner block that has ended (`for (let i …) {} use(i)`): the use moves in, or the declaration out. */
export function otherScopes(file: SourceFile, use: Node, name: string): Proposal[] {
  const statement = statementOf(file, use);
  const fn = file.enclosingFunction(use);
  const inner = (bindingsOf(file).get(name) ?? []).filter(
    ({ kind, id }) => kind === 'variable' && file.enclosingFunction(id) === fn && id.start < use.start,
  );
  return inner.slice(-2).flatMap((binding) => {
    const around = statement && siblingOf(file, binding.id, statement);
    return statement && around ? [...moveIn(file, statement, around), ...hoist(file, binding, around, name)] : [];
  });
}

/** The statement next to `statement` (in the same block) that holds `node`. */
function siblingOf(file: SourceFile, node: Node, statement: Node): Node | undefined {
  const block = file.parentOf(statement);
  return file.ancestorsOf(node).find((ancestor) => file.parentOf(ancestor) === block);
}

function moveIn(file: SourceFile, statement: Node, around: Node): Proposal[] {
  if (statement.start < around.end || file.text.slice(around.end, statement.start).trim() !== '') return [];
  const body = bodyOf(around);
  const last = body?.body.at(-1);
  if (!body || !last) return [];
  const text = file.textOf(statement);
  return [
    fixOf(
      file,
      [insert(last.end, `\n${indentOf(file, last)}${text}`), removal(file, statement)],
      'move-in',
      `move ${text.slice(0, 80)} to where the name is`,
      0.8,
    ),
  ];
}

function bodyOf(node: Node): NodeOf<'BlockStatement'> | undefined {
  switch (node.type) {
    case 'ForStatement':
    case 'ForOfStatement':
    case 'ForInStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
      return node.body.type === 'BlockStatement' ? node.body : undefined;
    case 'IfStatement':
      return node.consequent.type === 'BlockStatement' ? node.consequent : undefined;
    case 'TryStatement':
      return node.block;
    case 'BlockStatement':
      return node;
    default:
      return undefined;
  }
}

function hoist(file: SourceFile, binding: Binding, around: Node, name: string): Proposal[] {
  const declaration = file.parentOf(binding.declaration);
  if (declaration?.type !== 'VariableDeclaration' || declaration.declarations.length !== 1) return [];
  const [declarator] = declaration.declarations;
  const holder = file.parentOf(declaration);
  const before = insert(around.start, `let ${name};\n${indentOf(file, around)}`);
  const loop = holder?.type === 'ForOfStatement' || holder?.type === 'ForInStatement';
  if (declarator?.id.type !== 'Identifier') return [];
  const inner = declarator.init || loop ? [replace({ start: declaration.start, end: declarator.start }, '')] : [removal(file, declaration)];
  return [fixOf(file, [before, ...inner], 'hoist', `declare ${name} outside of the block`, 0.82)];
}
