import { keyName, type NodeOf, nearestNames, type SourceFile } from '@selfheal/engine';
import { isConfigFile, isConfigName } from '../shared/config-names.js';
import { issuesIn } from '../shared/issues.js';
import { renameKey } from '../shared/objects.js';
import type { Scene } from '../shared/scene.js';
import { type KeySuspicion, keyFix } from './suspicion.js';

/**
 * Keys that the failure names (in its message, in validation issues, in the request) and that a configuration object has
 * under a nearly equal name, while the exact one is not there.
 */
export function misspeltDefinitions(scene: Scene): KeySuspicion[] {
  const wanted = namedKeys(scene);
  return scene.project
    .files()
    .flatMap((file) => configLiterals(file).map((node) => ({ file, node })))
    .flatMap(({ file, node }) => {
      const properties = node.properties.flatMap((p) => {
        const name = p.type === 'Property' ? keyName(p.key, p.computed) : undefined;
        return p.type === 'Property' && name !== undefined ? [{ name, property: p }] : [];
      });
      const names = properties.map(({ name }) => name);
      return [...wanted].flatMap(([key, trust]) => {
        if (names.includes(key)) return [];
        return nearestNames(key, names, 0.65)
          .slice(0, 2)
          .flatMap(({ name, score }) => {
            const property = properties.find((p) => p.name === name)?.property;
            if (!property || wanted.has(name)) return [];
            const summary = `the configuration has ${name} where ${key} is wanted`;
            const fix = keyFix(
              file,
              renameKey(property, key),
              'rename-definition',
              `rename the configuration key ${name} to ${key}`,
              0.7 + 0.28 * score,
            );
            return [{ file, node: property, key, summary, confidence: trust * (0.55 + 0.45 * score), fixes: [fix] }];
          });
      });
    });
}

/** Object literals of configuration: in a file of that name, or held by a variable of that name. */
function configLiterals(file: SourceFile): NodeOf<'ObjectExpression'>[] {
  return file.nodes.filter((node): node is NodeOf<'ObjectExpression'> => {
    if (node.type !== 'ObjectExpression') return false;
    if (isConfigFile(file)) return true;
    return file.ancestorsOf(node).some((a) => a.type === 'VariableDeclarator' && a.id.type === 'Identifier' && isConfigName(a.id.name));
  });
}

/** Names that the failure speaks of, with how far each can be trusted to be a key. Bounded. */
function namedKeys({ failure }: Scene): Map<string, number> {
  const keys = new Map<string, number>();
  const add = (name: string | undefined, trust: number) => {
    if (name && name.length >= 3 && /^[\w$.-]{3,64}$/.test(name) && keys.size < 100) keys.set(name, Math.max(trust, keys.get(name) ?? 0));
  };
  const message = failure.error.message.slice(0, 2000);
  const config = /config|setting|environment|\benv\b|\bkey\b|option/i.test(message);
  for (const [, quoted] of message.matchAll(/["'`]([\w$.-]{3,64})["'`]/g))
    for (const part of [quoted, quoted?.split('.').at(-1)]) add(part, config ? 0.98 : 0.8);
  for (const [word] of message.matchAll(/[A-Za-z_$][\w$-]{2,63}/g)) add(word, config ? 0.75 : 0.5);
  for (const issue of issuesIn(failure)) add(issue.keys.at(-1), config ? 0.9 : 0.5);
  const { request } = failure;
  for (const [word] of `${request?.path ?? ''} ${request?.body ?? ''}`.slice(0, 4000).matchAll(/[A-Za-z_$][\w$-]{2,63}/g)) add(word, 0.6);
  return keys;
}
