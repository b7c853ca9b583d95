import { memberName, nearestNames } from '@selfheal/engine';
import type { Scene } from '../shared/scene.js';
import type { UnknownProperty } from '../shared/unknown-property.js';

/**
 * Without types: a property name that the whole project uses once, read in a suspect, and that is a slip of the pen away
 * from one it uses more often.
 */
export function rareNames(scene: Scene): UnknownProperty[] {
  const counts = new Map<string, number>();
  for (const file of scene.project.files())
    for (const node of file.nodes) {
      const name =
        node.type === 'Identifier' ? node.name : node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
      if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  const common = [...counts].filter(([, count]) => count >= 2).map(([name]) => name);
  return scene.places.flatMap(({ file, node, weight }) => {
    const name = node.type === 'MemberExpression' && !node.computed ? memberName(node) : undefined;
    if (node.type !== 'MemberExpression' || name === undefined || name.length < 4 || counts.get(name) !== 1) return [];
    const nearest = nearestNames(name, common, 0.75);
    return nearest.length > 0
      ? [{ file, property: node.property, name, object: file.textOf(node.object).slice(0, 100), nearest, weight }]
      : [];
  });
}
