import { isNode, keyName, type Node, type NodeOf } from './nodes.js';
import { SourceFile } from './source-file.js';

/** A member of an object in a JSON text, with where it stands: UTF-16 offsets into the text. */
export interface JsonMember {
  readonly key: string;
  /** The key with its quotes. */
  readonly keyAt: { readonly start: number; readonly end: number };
  readonly valueAt: { readonly start: number; readonly end: number };
  /** A string, number, boolean or null; `undefined` for objects and lists. */
  readonly value: string | number | boolean | null | undefined;
  /** The members of an object; nothing for anything else. */
  readonly members: readonly JsonMember[] | undefined;
}

/**
 * The members of a JSON (or JSON with comments) text whose root is an object, with their places, so that a value can be
 * changed and everything around it stays byte for byte. Nothing when the root is no object or the text does not parse.
 */
export function jsonMembers(text: string): JsonMember[] | undefined {
  // As an expression in parentheses JSON is JavaScript (ECMA-262, since 2019); offsets are one more than in the text.
  const file = new SourceFile('text.js', `(${text}\n)`);
  const [statement] = file.program.body;
  if (file.errors.length > 0 || file.program.body.length !== 1 || statement?.type !== 'ExpressionStatement') return undefined;
  return statement.expression.type === 'ObjectExpression' ? membersOf(statement.expression) : undefined;
}

function membersOf(object: NodeOf<'ObjectExpression'>): JsonMember[] {
  return object.properties.flatMap((property) => {
    const key = property.type === 'Property' ? keyName(property.key, property.computed) : undefined;
    if (property.type !== 'Property' || key === undefined) return [];
    const { value } = property;
    return [
      {
        key,
        keyAt: shifted(property.key),
        valueAt: shifted(value),
        value: primitive(value),
        members: value.type === 'ObjectExpression' ? membersOf(value) : undefined,
      },
    ];
  });
}

const shifted = ({ start, end }: Node) => ({ start: start - 1, end: end - 1 });

function primitive(node: Node): JsonMember['value'] {
  if (node.type === 'UnaryExpression' && node.operator === '-' && isNode(node.argument)) {
    const value = primitive(node.argument);
    return typeof value === 'number' ? -value : undefined;
  }
  if (node.type !== 'Literal') return undefined;
  const { value } = node;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null ? value : undefined;
}
