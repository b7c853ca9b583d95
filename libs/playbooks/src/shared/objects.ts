import { type Edit, insert, keyName, type Node, type NodeOf, replace, type SourceFile } from '@selfheal/engine';

type ObjectNode = NodeOf<'ObjectExpression'>;
type PropertyNode = NodeOf<'Property'>;

/** Whether a text can stand as a property name without quotes. */
const isName = (text: string): boolean => /^[A-Za-z_$][\w$]*$/.test(text);

/** A property name as source text. */
export const asKey = (name: string): string => (isName(name) ? name : `'${name.replace(/[\\']/g, '\\$&')}'`);

/** `object.name` as source text. */
export const asMember = (object: string, name: string): string => (isName(name) ? `${object}.${name}` : `${object}[${asKey(name)}]`);

/** The edit that gives a property another name and keeps its value: `{ a }` becomes `{ b: a }`. */
export function renameKey(property: PropertyNode, name: string): Edit {
  if (property.shorthand) return insert(property.start, `${asKey(name)}: `);
  return replace(property.key, asKey(name));
}

/** The edit that adds a property after the one named `after` (or at the end), in the literal's own layout. */
export function addProperty(file: SourceFile, object: ObjectNode, text: string, after?: string): Edit {
  const previous = object.properties.find((p) => p.type === 'Property' && keyName(p.key, p.computed) === after) ?? object.properties.at(-1);
  if (!previous) return insert(object.start + 1, ` ${text} `);
  const multiline = file.positionAt(object.start).line !== file.positionAt(object.end).line;
  return insert(previous.end, `,${multiline ? `\n${indentOf(file, previous)}` : ' '}${text}`);
}

/** The white space before the first token on the node's line. */
export function indentOf(file: SourceFile, node: Node): string {
  const lineStart = file.text.lastIndexOf('\n', node.start - 1) + 1;
  return /^[ \t]*/.exec(file.text.slice(lineStart, lineStart + 200))?.[0] ?? '';
}

/** The statement that holds a node. */
export const statementOf = (file: SourceFile, node: Node): Node | undefined =>
  [node, ...file.ancestorsOf(node)].find((n) => {
    const parent = file.parentOf(n);
    return parent?.type === 'BlockStatement' || parent?.type === 'Program' || parent?.type === 'SwitchCase';
  });
