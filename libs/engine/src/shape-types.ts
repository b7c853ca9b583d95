/** Shapes of TypeScript types. */
import { keyName, type Node } from './nodes.js';
import type { Declared, Project } from './project.js';
import { awaited, BOOLEAN, MAX_DEPTH, merged, NULLISH, NUMBER, parsedBy, type Shape, STRING } from './shape.js';
import type { SourceFile } from './source-file.js';

/** Where a type is looked up, and how the shape of a value (`typeof x`) is found. */
export interface TypeScope {
  readonly project: Project;
  readonly valueOf: (file: SourceFile, node: Node, depth: number) => Shape | undefined;
  readonly classOf: (declared: Declared, depth: number) => Shape | undefined;
}

const SAME = new Set(['Readonly', 'Required', 'Partial', 'NonNullable', 'DeepReadonly', 'Awaited', 'Exclude', 'Extract']);
const LISTS = new Set(['Array', 'ReadonlyArray', 'Iterable', 'AsyncIterable', 'Set', 'ReadonlySet', 'IterableIterator']);

export function shapeOfType(scope: TypeScope, file: SourceFile, type: Node, depth = 0): Shape | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const next = (node: Node) => shapeOfType(scope, file, node, depth + 1);
  switch (type.type) {
    case 'TSTypeAnnotation':
    case 'TSParenthesizedType':
      return next(type.typeAnnotation);
    case 'TSTypeOperator':
      return type.operator === 'readonly' ? next(type.typeAnnotation) : undefined;
    case 'TSStringKeyword':
      return STRING;
    case 'TSNumberKeyword':
      return NUMBER;
    case 'TSBooleanKeyword':
      return BOOLEAN;
    case 'TSNullKeyword':
    case 'TSUndefinedKeyword':
    case 'TSVoidKeyword':
      return NULLISH;
    case 'TSLiteralType':
      return scope.valueOf(file, type.literal, depth + 1);
    case 'TSArrayType':
      return { kind: 'array', element: () => next(type.elementType) };
    case 'TSTypeLiteral':
      return members(scope, file, type.members, depth);
    case 'TSIntersectionType':
      return merged(type.types.map(next));
    case 'TSUnionType': {
      const shapes = type.types.map(next).filter((shape) => shape?.kind !== 'nullish');
      return shapes.length === 1 ? shapes[0] : shapes.every((s) => s?.kind === 'object') ? merged(shapes) : sameKind(shapes);
    }
    case 'TSTypeReference':
      return reference(scope, file, type.typeName, type.typeArguments?.params ?? [], depth);
    case 'TSTypeQuery':
      return type.exprName.type === 'Identifier' ? scope.valueOf(file, type.exprName, depth + 1) : undefined;
    default:
      return undefined;
  }
}

/** Whether the type says that the value may be null or undefined. */
export const allowsNullish = (type: Node): boolean =>
  type.type === 'TSTypeAnnotation'
    ? allowsNullish(type.typeAnnotation)
    : type.type === 'TSUnionType' && type.types.some((t) => t.type === 'TSNullKeyword' || t.type === 'TSUndefinedKeyword');

const sameKind = (shapes: readonly (Shape | undefined)[]): Shape | undefined =>
  shapes.every((s) => s?.kind === 'primitive' && shapes[0]?.kind === 'primitive' && s.name === shapes[0].name) ? shapes[0] : undefined;

function members(scope: TypeScope, file: SourceFile, signatures: readonly Node[], depth: number): Shape {
  const props = new Map<string, () => Shape | undefined>();
  let open = false;
  for (const member of signatures) {
    const name =
      member.type === 'TSPropertySignature' || member.type === 'TSMethodSignature' ? keyName(member.key, member.computed) : undefined;
    if (name === undefined) open = true;
    else {
      const annotation = member.type === 'TSPropertySignature' ? member.typeAnnotation : undefined;
      props.set(name, () => (annotation ? shapeOfType(scope, file, annotation, depth + 1) : undefined));
    }
  }
  return { kind: 'object', props, open };
}

function reference(scope: TypeScope, file: SourceFile, typeName: Node, args: readonly Node[], depth: number): Shape | undefined {
  const [first, second] = args;
  const argument = (node: Node | undefined) => (node ? shapeOfType(scope, file, node, depth + 1) : undefined);
  if (typeName.type === 'TSQualifiedName') {
    // z.infer<typeof schema>: the shape of a schema's value is that of what it parses.
    return typeName.right.name === 'infer' || typeName.right.name === 'output' || typeName.right.name === 'input'
      ? parsedBy(argument(first))
      : undefined;
  }
  if (typeName.type !== 'Identifier') return undefined;
  const { name } = typeName;
  if (name === 'Promise' || name === 'PromiseLike') return { kind: 'promise', of: () => argument(first) };
  if (name === 'Awaited') return awaited(argument(first));
  if (SAME.has(name)) return argument(first);
  if (LISTS.has(name)) return { kind: 'array', element: () => argument(first) };
  if (name === 'Map' || name === 'ReadonlyMap' || name === 'Record') return { kind: 'dictionary', element: () => argument(second) };
  const declared = scope.project.lookup(file, name, typeName);
  if (!declared) return undefined;
  const { declaration } = declared.binding;
  if (declaration.type === 'TSTypeAliasDeclaration') return shapeOfType(scope, declared.file, declaration.typeAnnotation, depth + 1);
  if (declaration.type === 'TSInterfaceDeclaration') {
    const own = members(scope, declared.file, declaration.body.body, depth);
    const inherited = declaration.extends.map(({ expression }) => reference(scope, declared.file, expression, [], depth + 1));
    return inherited.length > 0 ? merged([...inherited, own]) : own;
  }
  return scope.classOf(declared, depth + 1);
}
