import { dottedName, insert, lookup, type Node, type NodeOf, type SourceFile } from '@selfheal/engine';
import { indentOf, statementOf } from '../shared/objects.js';
import type { Proposal } from '../shared/playbook.js';
import type { Scene } from '../shared/scene.js';
import { type Access, objectOf } from './access.js';

/**
 * A guard before the statement, in the words of the guards that the code already has: `if (!order) throw notFound('order', id)` next
 * door becomes `if (!customer) throw notFound('customer', id)`. Only names that are visible at the access are used.
 */
export function earlyGuards(scene: Scene, file: SourceFile, access: Access): Proposal[] {
  const name = dottedName(objectOf(access));
  const statement = statementOf(file, access);
  if (!name || !statement) return [];
  const models = scene.places.flatMap((place) => {
    const guard = place.node.type === 'IfStatement' ? guardIn(place.file, place.node) : undefined;
    return guard ? [{ ...guard, file: place.file }] : [];
  });
  const own = models.filter((model) => model.file === file);
  const texts = new Set<string>();
  for (const model of [...own, ...models]) {
    const names = model.file.within(model.exit).flatMap((node) => (node.type === 'Identifier' && isRead(model.file, node) ? [node] : []));
    const visible = names.every(
      (node) => node.name === model.name || lookup(file, node.name, access) !== undefined || node.name === 'undefined',
    );
    if (visible) texts.add(`if (!${name}) ${renamed(model.file, model.exit, model.name, name.split('.').at(-1) ?? name)}`);
  }
  return [...texts].slice(0, 3).map((text, i) => ({
    edits: { [file.path]: [insert(statement.start, `${text}\n${indentOf(file, statement)}`)] },
    template: 'null-access/early-guard',
    summary: `guard first: ${text}`.slice(0, 500),
    score: 0.7 - 0.05 * i,
  }));
}

function guardIn(file: SourceFile, node: NodeOf<'IfStatement'>): { name: string; exit: Node } | undefined {
  const { test, consequent, alternate } = node;
  if (alternate || test.type !== 'UnaryExpression' || test.operator !== '!') return undefined;
  const name = dottedName(test.argument);
  const exit = consequent.type === 'BlockStatement' && consequent.body.length === 1 ? consequent.body[0] : consequent;
  const leaves = exit?.type === 'ThrowStatement' || exit?.type === 'ReturnStatement';
  return name && exit && leaves && file.textOf(exit).length < 200 ? { name: name.split('.').at(-1) ?? name, exit } : undefined;
}

/** The statement's text with the guarded name replaced, as a word: in identifiers and in messages. */
const renamed = (file: SourceFile, exit: Node, from: string, to: string): string =>
  file
    .textOf(exit)
    .split(/([A-Za-z_$][\w$]*)/)
    .map((word) => (word === from ? to : word))
    .join('');

function isRead(file: SourceFile, node: Node): boolean {
  const parent = file.parentOf(node);
  if (parent?.type === 'MemberExpression') return parent.object === node || parent.computed;
  return parent?.type !== 'Property' || parent.value === node;
}
