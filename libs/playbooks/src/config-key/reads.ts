import { keyName, type NodeOf, replace } from '@selfheal/engine';
import { isConfigFile, isConfigName } from '../shared/config-names.js';
import { renameKey } from '../shared/objects.js';
import type { Scene } from '../shared/scene.js';
import { otherName, unknownProperties } from '../shared/unknown-property.js';
import { type KeySuspicion, keyFix } from './suspicion.js';

/** Reads of configuration keys that the configuration does not have: read the near one, or give that one this name. */
export function misspeltReads(scene: Scene): KeySuspicion[] {
  return unknownProperties(scene)
    .filter(({ object, nearest }) => isConfigName(object) && nearest.length > 0)
    .map((unknown) => {
      const { file, property, name, object, nearest, weight } = unknown;
      const fixes = nearest
        .slice(0, 3)
        .flatMap(({ name: other, score }) => [
          keyFix(
            file,
            replace(property, otherName(unknown, other)),
            'read',
            `read ${object}.${other} instead of ${name}`,
            0.65 + 0.3 * score,
          ),
          ...definitionsOf(scene, other).map(({ file: at, node }) =>
            keyFix(at, renameKey(node, name), 'rename-definition', `rename the configuration key ${other} to ${name}`, 0.5 + 0.3 * score),
          ),
        ]);
      const summary = `${object} has no ${name}; it has ${nearest[0]?.name}`;
      return { file, node: property, key: name, summary, confidence: 0.8 + 0.15 * weight, fixes };
    });
}

const definitionsOf = (scene: Scene, key: string) =>
  scene.project
    .files()
    .filter(isConfigFile)
    .flatMap((file) =>
      file.nodes
        .filter(
          (node): node is NodeOf<'Property'> =>
            node.type === 'Property' && keyName(node.key, node.computed) === key && file.parentOf(node)?.type === 'ObjectExpression',
        )
        .map((node) => ({ file, node })),
    )
    .slice(0, 3);
