import { keyName, type Node } from '@selfheal/engine';
import { namesOf } from '../shared/expectation.js';
import type { Place, Scene } from '../shared/scene.js';

/** How many steps back a wrong value is followed to what it is made of. */
const ROUNDS = 5;

/**
 * How much each place has to do with the wrong part of the answer, 0 to 1: a backward slice by names. It starts at the names of
 * the fields that differ and follows each to the properties, variables and functions of that name, and from there to
 * the names that those are made of.
 */
export function relevance(scene: Scene): (place: Place) => number {
  const levels = new Map<string, number>();
  for (const mismatch of scene.mismatches) for (const [i, name] of namesOf(mismatch).entries()) raise(levels, name, i === 0 ? 1 : 0.7);
  if (levels.size === 0) return () => 0.5;
  const holders = scene.places.flatMap((place) => {
    const name = nameOf(place.node);
    return name === undefined ? [] : [{ ...place, name }];
  });
  for (let round = 0; round < ROUNDS; round++)
    for (const { file, node, name } of holders) {
      const level = levels.get(name);
      if (level === undefined) continue;
      for (const inner of file.within(valueOfHolder(node))) if (inner.type === 'Identifier') raise(levels, inner.name, level * 0.85);
    }
  const byNode = new Map<Node, number>();
  for (const { file, node, name } of holders) {
    const level = levels.get(name);
    if (level !== undefined)
      for (const inner of file.within(valueOfHolder(node))) byNode.set(inner, Math.max(level, byNode.get(inner) ?? 0));
  }
  return ({ node }) => byNode.get(node) ?? 0.15;
}

function raise(levels: Map<string, number>, name: string, level: number): void {
  if (level > 0.2 && level > (levels.get(name) ?? 0) && levels.size < 500) levels.set(name, level);
}

function nameOf(node: Node): string | undefined {
  if (node.type === 'Property') return keyName(node.key, node.computed);
  if (node.type === 'VariableDeclarator') return node.id.type === 'Identifier' ? node.id.name : undefined;
  if (node.type === 'FunctionDeclaration') return node.id?.name;
  return node.type === 'AssignmentExpression' && node.left.type === 'Identifier' ? node.left.name : undefined;
}

function valueOfHolder(node: Node): Node {
  if (node.type === 'Property') return node.value;
  if (node.type === 'VariableDeclarator') return node.init ?? node;
  return node.type === 'AssignmentExpression' ? node.right : node;
}
