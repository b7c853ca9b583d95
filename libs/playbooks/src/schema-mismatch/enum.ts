import { nearestNames, propertiesOf, replace } from '@selfheal/engine';
import type { Issue } from '../shared/issues.js';
import type { Scene } from '../shared/scene.js';
import { builders, type Fix } from './literals.js';
import { fix } from './missing-field.js';

/** A value outside its enumeration: each literal in the field's expression may become one of the options. */
export function enumOptions(scene: Scene, issue: Issue): Fix[] {
  const field = issue.keys.at(-1);
  const options = optionsIn(issue.message);
  if (field === undefined || options.length === 0) return [];
  return builders(scene, issue).flatMap(({ literal, overlap }) => {
    const property = propertiesOf(literal.node).get(field);
    if (!property) return [];
    return literal.file.within(property.value).flatMap((node) => {
      if (node.type !== 'Literal' || typeof node.value !== 'string' || options.includes(node.value)) return [];
      const { value } = node;
      return nearestNames(value, options, 0).map(({ name, score }) =>
        fix(
          literal,
          node,
          [replace(node, `'${name}'`)],
          'enum-option',
          `say '${name}' instead of '${value}'`,
          (0.5 + 0.5 * overlap) * (0.6 + 0.4 * score),
        ),
      );
    });
  });
}

/** zod says `Invalid option: expected one of "a"|"b"`. */
const optionsIn = (message: string): string[] =>
  message.includes('expected one of')
    ? [...message.slice(0, 1000).matchAll(/"([\w .-]{1,64})"/g)].flatMap((match) => match[1] ?? []).slice(0, 10)
    : [];
