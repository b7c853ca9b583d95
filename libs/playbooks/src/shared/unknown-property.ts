import { dottedName, knownKeys, memberName, type Node, type NodeOf, nearestNames, type SourceFile, shapeOf } from '@selfheal/engine';
import type { Place, Scene } from './scene.js';

/** A read of a property that the object, by all that the sources say of it, does not have. */
export interface UnknownProperty {
  readonly file: SourceFile;
  /** The property's own node: what a fix replaces. */
  readonly property: Node;
  readonly name: string;
  /** The object's text, such as `order.customer`. */
  readonly object: string;
  /** Names it does have, nearest first. */
  readonly nearest: readonly { name: string; score: number }[];
  readonly weight: number;
}

/** Reads of unknown properties in the suspects, most suspicious first. */
export function unknownProperties(scene: Scene): UnknownProperty[] {
  return scene.places.flatMap((place) => {
    if (place.node.type === 'MemberExpression') return unknownMember(scene, place, place.node);
    return place.node.type === 'VariableDeclarator' ? unknownDestructured(scene, place, place.node) : [];
  });
}

function unknownMember(scene: Scene, { file, weight }: Place, node: NodeOf<'MemberExpression'>): UnknownProperty[] {
  const name = memberName(node);
  if (name === undefined || name in Object.prototype) return [];
  const keys = knownKeys(shapeOf(scene.project, file, node.object));
  if (!keys || keys.length === 0 || keys.includes(name)) return [];
  const nearest = nearestNames(name, keys, 0.35);
  return [
    { file, property: node.property, name, object: dottedName(node.object) ?? file.textOf(node.object).slice(0, 100), nearest, weight },
  ];
}

/** `const { totl } = order`: the key is the read. */
function unknownDestructured(scene: Scene, { file, weight }: Place, node: NodeOf<'VariableDeclarator'>): UnknownProperty[] {
  if (node.id.type !== 'ObjectPattern' || !node.init) return [];
  const keys = knownKeys(shapeOf(scene.project, file, node.init));
  if (!keys || keys.length === 0) return [];
  const object = file.textOf(node.init).slice(0, 100);
  return node.id.properties.flatMap((property) => {
    if (property.type !== 'Property' || property.computed || property.key.type !== 'Identifier' || keys.includes(property.key.name))
      return [];
    const { name } = property.key;
    return [{ file, property: property.key, name, object, nearest: nearestNames(name, keys, 0.35), weight }];
  });
}

/** The text that puts another name where an unknown property stands. */
export function otherName(unknown: UnknownProperty, name: string): string {
  const parent = unknown.file.parentOf(unknown.property);
  // `{ totl }` binds totl: only the key may change, never the variable.
  if (parent?.type === 'Property' && parent.shorthand) return `${name}: ${unknown.name}`;
  return unknown.property.type === 'Literal' ? `'${name}'` : name;
}
