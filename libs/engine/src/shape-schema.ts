/** Shapes of schema builders in the style of zod: `z.object({ … })`, `z.array(…)`, and methods chained on them. */
import { calleeName, type Node, type NodeOf, propertiesOf, unwrap } from './nodes.js';
import { BOOLEAN, merged, NUMBER, parsedBy, type Shape, STRING } from './shape.js';

const LEAVES: Readonly<Record<string, Shape>> = {
  string: STRING,
  email: STRING,
  uuid: STRING,
  url: STRING,
  datetime: STRING,
  enum: STRING,
  number: NUMBER,
  int: NUMBER,
  boolean: BOOLEAN,
};

/** The root of a chain: `z` of `z.object({}).strict()`. */
export function chainRoot(node: Node): string | undefined {
  const inner = unwrap(node);
  if (inner.type === 'Identifier') return inner.name;
  if (inner.type === 'MemberExpression') return chainRoot(inner.object);
  return inner.type === 'CallExpression' ? chainRoot(inner.callee) : undefined;
}

/** The schema that a call builds on the builder named `z`. `shapeOf` finds the shapes of its parts. */
export function shapeOfSchema(node: Node, shapeOf: (node: Node) => Shape | undefined): Shape | undefined {
  const call = unwrap(node);
  if (call.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return undefined;
  const name = calleeName(call) ?? '';
  const { object } = call.callee;
  const inner = (part: Node | undefined) => (part ? parsedBy(shapeOf(part)) : undefined);
  const onBuilder = unwrap(object).type !== 'CallExpression';
  if (!onBuilder) return chained(call, name, shapeOf(object), inner);
  return { kind: 'schema', of: built(call, name, inner) };
}

function built(call: NodeOf<'CallExpression'>, name: string, inner: (part: Node | undefined) => Shape | undefined): Shape | undefined {
  const [first, second] = call.arguments;
  if (/object$/i.test(name)) return first?.type === 'ObjectExpression' ? fields(first, inner) : undefined;
  if (name === 'array' || name === 'set') return { kind: 'array', element: () => inner(first) };
  if (name === 'record' || name === 'map') return { kind: 'dictionary', element: () => inner(second) };
  return LEAVES[name];
}

/** A method on a schema gives a schema of the same shape (`.optional()`, `.min(1)`), of more fields, or its value. */
export function chained(
  call: NodeOf<'CallExpression'>,
  name: string,
  base: Shape | undefined,
  inner: (part: Node | undefined) => Shape | undefined,
): Shape | undefined {
  if (base?.kind !== 'schema') return undefined;
  const [first] = call.arguments;
  switch (name) {
    case 'parse':
      return base.of;
    case 'parseAsync':
      return { kind: 'promise', of: () => base.of };
    case 'safeParse':
    case 'safeParseAsync':
    case 'transform':
    case 'pipe':
      return undefined;
    case 'extend':
    case 'safeExtend':
      return { kind: 'schema', of: merged([base.of, first?.type === 'ObjectExpression' ? fields(first, inner) : undefined]) };
    case 'array':
      return { kind: 'schema', of: { kind: 'array', element: () => base.of } };
    case 'pick':
    case 'omit':
    case 'merge':
    case 'and':
    case 'or':
      return { kind: 'schema', of: undefined };
    default:
      return base;
  }
}

function fields(object: NodeOf<'ObjectExpression'>, inner: (part: Node | undefined) => Shape | undefined): Shape {
  const props = new Map([...propertiesOf(object)].map(([key, property]) => [key, () => inner(property.value)] as const));
  return { kind: 'object', props, open: props.size < object.properties.length };
}
