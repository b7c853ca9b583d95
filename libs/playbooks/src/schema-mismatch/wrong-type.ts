import { calleeName, type Node, propertiesOf, replace, type SourceFile, unwrap } from '@selfheal/engine';
import type { Issue } from '../shared/issues.js';
import { asKey } from '../shared/objects.js';
import type { Scene } from '../shared/scene.js';
import { builders, type Fix } from './literals.js';
import { fix } from './missing-field.js';

/** A field has the wrong type: take away a conversion that should not be there, or add the one that is missing. */
export function wrongType(scene: Scene, issue: Issue): Fix[] {
  const field = issue.keys.at(-1);
  const { expected, received } = issue;
  if (field === undefined || !expected || !received || received === 'undefined') return [];
  return builders(scene, issue).flatMap(({ literal, overlap }) => {
    const property = propertiesOf(literal.node).get(field);
    if (!property) return [];
    const fit = 0.5 + 0.5 * overlap;
    const set = (text: string, template: string, score: number) => {
      const edit = property.shorthand ? replace(property, `${asKey(field)}: ${text}`) : replace(property.value, text);
      return fix(literal, property.value, [edit], template, `give ${field} as ${expected}: ${text}`.slice(0, 900), fit * score);
    };
    const source = literal.file.textOf(property.value);
    return [
      ...unwrapped(literal.file, property.value).map((text, i) => set(text, 'drop-conversion', 0.95 - 0.05 * i)),
      ...coercions(source, expected, received).map((text, i) => set(text, 'convert', 0.85 - 0.1 * i)),
    ];
  });
}

/** `String(x)`, `x.toFixed(2)`, `` `${x}` ``, `x + ''`, `[x]`, `JSON.stringify(x)`: what is inside. */
function unwrapped(file: SourceFile, value: Node): string[] {
  const node = unwrap(value);
  if (node.type === 'TemplateLiteral') return node.expressions.map((inner) => file.textOf(inner));
  if (node.type === 'ArrayExpression' && node.elements.length === 1 && node.elements[0]) return [file.textOf(node.elements[0])];
  if (node.type === 'UnaryExpression') return [file.textOf(node.argument)];
  if (node.type === 'BinaryExpression' && node.operator === '+') {
    const plain = [node.left, node.right].filter((side) => !(side.type === 'Literal' && typeof side.value === 'string'));
    return plain.length === 1 && plain[0] ? [file.textOf(plain[0])] : [];
  }
  if (node.type !== 'CallExpression') return [];
  const callee = unwrap(node.callee);
  const [first] = node.arguments;
  const constructors = ['String', 'Number', 'Boolean', 'BigInt', 'parseInt', 'parseFloat', 'stringify'];
  if (first && constructors.includes(calleeName(node) ?? '')) return [file.textOf(first)];
  const methods = ['toString', 'toFixed', 'toJSON', 'toISOString', 'getTime', 'valueOf', 'toLocaleString', 'join'];
  return callee.type === 'MemberExpression' && methods.includes(calleeName(node) ?? '') ? [file.textOf(callee.object)] : [];
}

function coercions(source: string, expected: string, received: string): string[] {
  const simple = /^[\w$.?]+(?:\([^()]*\))?$/.test(source) ? source : `(${source})`;
  if (received === 'null') return EMPTY[expected]?.map((empty) => `${simple} ?? ${empty}`) ?? [];
  switch (expected) {
    case 'number':
    case 'int':
      return numeric(source, simple, received);
    case 'string':
      return received === 'number' ? [`String(${source})`] : [`${simple}.toISOString()`, `String(${source})`, `JSON.stringify(${source})`];
    case 'boolean':
      return [`Boolean(${source})`, `${simple} === 'true'`];
    case 'array':
      return [`[${source}]`, `[...${simple}]`, `Object.values(${source})`];
    case 'date':
      return [`new Date(${source})`];
    case 'object':
      return received === 'string' ? [`JSON.parse(${source})`] : [];
    default:
      return [];
  }
}

function numeric(source: string, simple: string, received: string): string[] {
  if (received === 'number' || received === 'float') return [`Math.round(${source})`, `Math.trunc(${source})`];
  return received.toLowerCase() === 'date' ? [`${simple}.getTime()`] : [`Number(${source})`];
}

const EMPTY: Readonly<Record<string, string[]>> = {
  string: ["''"],
  number: ['0'],
  int: ['0'],
  boolean: ['false'],
  array: ['[]'],
  object: ['{}'],
};
