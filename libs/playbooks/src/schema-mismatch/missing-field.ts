import {
  type Edit,
  knownKeys,
  memberName,
  type Node,
  namesInScope,
  nearestNames,
  propertiesOf,
  replace,
  type SourceFile,
  shapeOf,
  similarity,
  unwrap,
} from '@selfheal/engine';
import type { Issue } from '../shared/issues.js';
import { addProperty, asKey, asMember, renameKey } from '../shared/objects.js';
import type { Scene } from '../shared/scene.js';
import { builders, type Fix, type Literal } from './literals.js';

/** A required field is not there: it has another name, its value reads the wrong property, or it was left out. */
export function missingField(scene: Scene, issue: Issue): Fix[] {
  const field = issue.keys.at(-1);
  if (field === undefined || issue.element || !isMissing(issue)) return [];
  return builders(scene, issue).flatMap(({ literal, schema, overlap }) => {
    const own = propertiesOf(literal.node).get(field);
    const fit = 0.5 + 0.5 * overlap;
    if (own) return otherSource(scene, literal, own.value, field, fit);
    return [...renamed(literal, schema, field, fit), ...added(scene, literal, schema, field, fit)];
  });
}

const isMissing = (issue: Issue): boolean =>
  issue.received === 'undefined' || issue.received === 'nan' || /required|undefined/i.test(issue.message) || issue.received === 'NaN';

/** `{ refund_amount: x }` where `refundAmount` is wanted: an extra key that the schema does not know is the first suspect. */
function renamed(literal: Literal, schema: Literal | undefined, field: string, fit: number): Fix[] {
  const extra = literal.keys.filter((key) => !schema?.keys.includes(key));
  return extra.flatMap((key) => {
    const property = propertiesOf(literal.node).get(key);
    const likeness = similarity(key, field);
    if (!property || (!schema && likeness < 0.5)) return [];
    const score = fit * (0.6 + 0.38 * Math.max(likeness, extra.length === 1 && schema ? 0.5 : 0));
    return [fix(literal, property, [renameKey(property, field)], 'rename-key', `rename the property ${key} to ${field}`, score)];
  });
}

/** The field was left out: take it from a name in scope, or from an object that the literal reads anyway. */
function added(scene: Scene, literal: Literal, schema: Literal | undefined, field: string, fit: number): Fix[] {
  const { file, node } = literal;
  const order = schema?.keys ?? [];
  const after = order.slice(0, Math.max(0, order.indexOf(field))).findLast((key) => literal.keys.includes(key));
  const add = (text: string, source: string, score: number) =>
    fix(literal, node, [addProperty(file, node, text, after)], 'add-field', `add the field ${field} from ${source}`, score);
  const fixes: Fix[] = [];
  if (namesInScope(file, node).includes(field)) fixes.push(add(asKey(field), 'the variable of that name', fit * 0.8));
  for (const { base, key, score } of sourcesNear(scene, literal, field).slice(0, 4))
    fixes.push(add(`${asKey(field)}: ${asMember(base, key)}`, asMember(base, key), fit * 0.75 * score));
  return fixes;
}

function sourcesNear(scene: Scene, { file, node }: Literal, field: string): { base: string; key: string; score: number }[] {
  const bases = new Map<string, Node>();
  for (const inner of file.within(node)) if (inner.type === 'MemberExpression') bases.set(file.textOf(inner.object), inner.object);
  return [...bases]
    .flatMap(([base, object]) =>
      (knownKeys(shapeOf(scene.project, file, object)) ?? []).map((key) => ({
        base,
        key,
        score: Math.max(similarity(key, field), similarity(`${base.split('.').at(-1)} ${key}`, field)),
      })),
    )
    .filter(({ score }) => score >= 0.4)
    .sort((a, b) => b.score - a.score);
}

/** The field is there but its value is undefined: it reads a property that does not exist, or that may be missing. */
function otherSource(scene: Scene, literal: Literal, value: Node, field: string, fit: number): Fix[] {
  const { file } = literal;
  const read = unwrap(value);
  const fixes: Fix[] = [];
  if (read.type === 'MemberExpression') {
    const name = memberName(read) ?? '';
    const keys = knownKeys(shapeOf(scene.project, file, read.object));
    const others = keys ? nearestNames(keys.includes(field) ? field : name, keys, 0.3) : [];
    const exact = keys?.includes(field) && name !== field ? [{ name: field, score: 1 }] : [];
    for (const { name: other, score } of [...exact, ...others].slice(0, 4))
      if (!keys?.includes(name) || score === 1)
        fixes.push(
          fix(
            literal,
            read,
            [replace(read.property, other)],
            'other-property',
            `read ${other} instead of ${name}`,
            fit * (0.55 + 0.4 * score),
          ),
        );
  }
  if (read.type === 'Identifier')
    for (const { name, score } of nearestNames(field, namesInScope(file, value), 0.6).slice(0, 2))
      fixes.push(fix(literal, read, [replace(read, name)], 'other-variable', `take ${name}`, fit * 0.6 * score));
  return fixes;
}

export const fix = (
  { file }: { file: SourceFile },
  node: Node,
  edits: readonly Edit[],
  template: string,
  summary: string,
  score: number,
): Fix => ({
  file,
  node,
  proposal: { edits: { [file.path]: edits }, template: `schema-mismatch/${template}`, summary, score: Math.min(1, score) },
});
