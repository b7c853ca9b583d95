/** Shapes of expressions: literals, names, members, calls, awaits, callbacks. Bounded; unknown is a valid answer. */
import type { Binding } from './bindings.js';
import type { FunctionRef } from './functions.js';
import { calleeName, type FunctionNode, isFunction, keyName, memberName, type Node, type NodeOf, unwrap } from './nodes.js';
import type { Declared, Project } from './project.js';
import { resolveCallee } from './reach.js';
import { awaited, BOOLEAN, elementOf, MAX_DEPTH, merged, NULLISH, NUMBER, parsedBy, propertyOf, type Shape, STRING } from './shape.js';
import { chained, chainRoot, shapeOfSchema } from './shape-schema.js';
import { shapeOfType, type TypeScope } from './shape-types.js';
import type { SourceFile } from './source-file.js';

export { awaited, elementOf, knownKeys, propertyOf, type Shape } from './shape.js';
export { chainRoot } from './shape-schema.js';
export { allowsNullish } from './shape-types.js';

const SAME_LIST = new Set(['filter', 'slice', 'sort', 'toSorted', 'reverse', 'toReversed', 'concat', 'splice', 'toSpliced', 'with']);
const ONE_OF = new Set(['find', 'findLast', 'at', 'pop', 'shift']);
const PER_ITEM = new Set(['map', 'filter', 'forEach', 'find', 'findLast', 'some', 'every', 'flatMap', 'findIndex', 'reduce']);

/** What is known of the value of an expression. */
export function shapeOf(project: Project, file: SourceFile, node: Node, depth = 0): Shape | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const expr = unwrap(node);
  const sub = (inner: Node) => shapeOf(project, file, inner, depth + 1);
  if ((node.type === 'TSAsExpression' || node.type === 'TSTypeAssertion') && !isConst(node.typeAnnotation)) {
    return shapeOfType(scopeOf(project), file, node.typeAnnotation, depth + 1) ?? sub(node.expression);
  }
  switch (expr.type) {
    case 'Literal':
      return expr.value === null
        ? NULLISH
        : typeof expr.value === 'string'
          ? STRING
          : typeof expr.value === 'number'
            ? NUMBER
            : typeof expr.value === 'boolean'
              ? BOOLEAN
              : undefined;
    case 'TemplateLiteral':
      return STRING;
    case 'BinaryExpression':
      return /^[=!<>]|^in/.test(expr.operator) ? BOOLEAN : expr.operator === '+' ? sub(expr.left) : NUMBER;
    case 'UnaryExpression':
      return expr.operator === '!' ? BOOLEAN : expr.operator === 'typeof' ? STRING : NUMBER;
    case 'ArrayExpression': {
      const [first] = expr.elements;
      if (!first) return { kind: 'array', element: () => undefined };
      return { kind: 'array', element: () => (first.type === 'SpreadElement' ? elementOf(sub(first.argument)) : sub(first)) };
    }
    case 'ObjectExpression':
      return objectShape(expr, sub);
    case 'AwaitExpression':
      return awaited(sub(expr.argument));
    case 'LogicalExpression':
      return known(sub(expr.left)) ?? sub(expr.right);
    case 'ConditionalExpression':
      return known(sub(expr.consequent)) ?? sub(expr.alternate);
    case 'MemberExpression': {
      const object = sub(expr.object);
      const name = memberName(expr);
      if (name !== undefined) return propertyOf(object, name);
      return elementOf(object);
    }
    case 'Identifier': {
      const declared = project.lookup(file, expr.name, expr);
      return declared && shapeOfBinding(project, declared, depth + 1);
    }
    case 'CallExpression':
      return callShape(project, file, expr, depth);
    case 'NewExpression': {
      if (calleeName(expr) === 'Map') return dictionary(project, file, expr, depth);
      const declared = expr.callee.type === 'Identifier' ? project.lookup(file, expr.callee.name, expr) : undefined;
      return declared && classShape(project, declared, depth + 1);
    }
    default:
      return undefined;
  }
}

/** The shape of what a function returns: its annotation, else what its return statements say. A promise when it is async. */
export function returnShape(project: Project, ref: FunctionRef, depth = 0): Shape | undefined {
  const { file, node } = ref;
  if (depth > MAX_DEPTH) return undefined;
  if (node.returnType) return shapeOfType(scopeOf(project), file, node.returnType, depth + 1);
  const first = returnedBy(file, node)
    .map((value) => () => shapeOf(project, file, value, depth + 1))
    .map((shape) => known(shape()))
    .find((shape) => shape !== undefined);
  return node.async ? { kind: 'promise', of: () => awaited(first) } : first;
}

/** The expressions that a function returns, those of inner functions left out. */
export function returnedBy(file: SourceFile, node: FunctionNode): Node[] {
  if (node.body && node.body.type !== 'BlockStatement') return [node.body];
  return file
    .within(node)
    .flatMap((inner) =>
      inner.type === 'ReturnStatement' && inner.argument && file.enclosingFunction(inner) === node ? [inner.argument] : [],
    );
}

const known = (shape: Shape | undefined): Shape | undefined => (shape?.kind === 'nullish' ? undefined : shape);
const isConst = (type: Node): boolean =>
  type.type === 'TSTypeReference' && type.typeName.type === 'Identifier' && type.typeName.name === 'const';

const scopeOf = (project: Project): TypeScope => ({
  project,
  valueOf: (file, node, depth) => shapeOf(project, file, node, depth),
  classOf: (declared, depth) => classShape(project, declared, depth),
});

function objectShape(object: NodeOf<'ObjectExpression'>, sub: (node: Node) => Shape | undefined): Shape {
  const parts: (Shape | undefined)[] = [];
  for (const property of object.properties) {
    if (property.type === 'SpreadElement') parts.push(sub(property.argument));
    else {
      const name = keyName(property.key, property.computed);
      parts.push(name === undefined ? undefined : { kind: 'object', props: new Map([[name, () => sub(property.value)]]), open: false });
    }
  }
  return merged(parts);
}

function shapeOfBinding(project: Project, { file, binding }: Declared, depth: number): Shape | undefined {
  const { declaration, id } = binding;
  if (id.type === 'Identifier' && id.typeAnnotation) return shapeOfType(scopeOf(project), file, id.typeAnnotation, depth + 1);
  if (declaration.type === 'ImportNamespaceSpecifier') return namespaceShape(project, file, declaration);
  if (declaration.type === 'VariableDeclarator') {
    const whole = declaration.init ? shapeOf(project, file, declaration.init, depth + 1) : loopItem(project, file, declaration, depth);
    return destructured(project, file, declaration.id, binding, whole, depth);
  }
  if (binding.kind === 'param') {
    const whole = annotated(project, file, declaration, depth) ?? callbackItem(project, file, declaration, depth);
    return destructured(project, file, declaration, binding, whole, depth);
  }
  return binding.kind === 'variable' ? shapeOf(project, file, declaration, depth + 1) : undefined;
}

const annotated = (project: Project, file: SourceFile, pattern: Node, depth: number): Shape | undefined =>
  'typeAnnotation' in pattern && pattern.typeAnnotation
    ? shapeOfType(scopeOf(project), file, pattern.typeAnnotation, depth + 1)
    : undefined;

function destructured(
  project: Project,
  file: SourceFile,
  pattern: Node,
  binding: Binding,
  whole: Shape | undefined,
  depth: number,
): Shape | undefined {
  const typed = annotated(project, file, pattern, depth) ?? whole;
  if (pattern === binding.id) return typed;
  switch (pattern.type) {
    case 'AssignmentPattern':
      return destructured(project, file, pattern.left, binding, typed ?? shapeOf(project, file, pattern.right, depth + 1), depth);
    case 'TSParameterProperty':
      return destructured(project, file, pattern.parameter, binding, typed, depth);
    case 'ObjectPattern':
      for (const property of pattern.properties) {
        if (property.type !== 'Property' || property.value.start > binding.id.start || property.value.end < binding.id.end) continue;
        const name = keyName(property.key, property.computed);
        return name === undefined ? undefined : destructured(project, file, property.value, binding, propertyOf(typed, name), depth);
      }
      return undefined;
    case 'ArrayPattern': {
      const element = pattern.elements.find((e) => e && e.start <= binding.id.start && binding.id.end <= e.end);
      return element ? destructured(project, file, element, binding, elementOf(typed), depth) : undefined;
    }
    default:
      return undefined;
  }
}

/** `for (const x of xs)`: the element of `xs`. */
function loopItem(project: Project, file: SourceFile, declarator: Node, depth: number): Shape | undefined {
  const loop = file.ancestorsOf(declarator)[1];
  return loop?.type === 'ForOfStatement' ? elementOf(awaited(shapeOf(project, file, loop.right, depth + 1))) : undefined;
}

/** `xs.map((x) => …)`: the element of `xs`. */
function callbackItem(project: Project, file: SourceFile, param: Node, depth: number): Shape | undefined {
  const callback = file.parentOf(param);
  const call = callback && file.parentOf(callback);
  if (!isFunction(callback) || call?.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return undefined;
  const name = memberName(call.callee) ?? '';
  const index = callback.params.findIndex((p) => p.start === param.start);
  const items = PER_ITEM.has(name) && index === (name === 'reduce' ? 1 : 0);
  return items ? elementOf(shapeOf(project, file, call.callee.object, depth + 1)) : undefined;
}

function callShape(project: Project, file: SourceFile, call: NodeOf<'CallExpression'>, depth: number): Shape | undefined {
  const name = calleeName(call) ?? '';
  const sub = (node: Node) => shapeOf(project, file, node, depth + 1);
  const [first] = call.arguments;
  if (call.callee.type === 'MemberExpression') {
    const owner = unwrap(call.callee.object);
    const ownerName = owner.type === 'Identifier' ? owner.name : '';
    if (ownerName === 'Object' && first) {
      if (name === 'freeze' || name === 'seal') return sub(first);
      if (name === 'values') return { kind: 'array', element: () => elementOf(sub(first)) };
    }
    if (ownerName === 'Promise' && name === 'all') return { kind: 'promise', of: () => undefined };
    if (chainRoot(call) === 'z') return shapeOfSchema(call, sub);
    const object = sub(owner);
    if (object?.kind === 'array') {
      if (SAME_LIST.has(name)) return object;
      if (ONE_OF.has(name)) return object.element();
      if (name === 'map' && isFunction(first))
        return { kind: 'array', element: () => returnShape(project, { file, node: first, name: '' }, depth + 1) };
    }
    if (object?.kind === 'dictionary') {
      if (name === 'get') return object.element();
      if (name === 'values') return { kind: 'array', element: object.element };
    }
    if (object?.kind === 'schema') return chained(call, name, object, (part) => (part ? parsedBy(sub(part)) : undefined));
  }
  if (name === 'structuredClone' && first) return sub(first);
  const [callee] = resolveCallee(project, file, call.callee);
  return callee && returnShape(project, callee, depth + 1);
}

function dictionary(project: Project, file: SourceFile, node: NodeOf<'NewExpression'>, depth: number): Shape {
  const type = node.typeArguments?.params[1];
  return { kind: 'dictionary', element: () => (type ? shapeOfType(scopeOf(project), file, type, depth + 1) : undefined) };
}

function classShape(project: Project, { file, binding }: Declared, depth: number): Shape | undefined {
  const { declaration } = binding;
  if (declaration.type !== 'ClassDeclaration' && declaration.type !== 'ClassExpression') return undefined;
  const props = new Map<string, () => Shape | undefined>();
  for (const member of declaration.body.body) {
    const name =
      member.type === 'MethodDefinition' || member.type === 'PropertyDefinition' ? keyName(member.key, member.computed) : undefined;
    if (name === undefined) continue;
    const annotation = member.type === 'PropertyDefinition' ? member.typeAnnotation : undefined;
    props.set(name, () => (annotation ? shapeOfType(scopeOf(project), file, annotation, depth + 1) : undefined));
    if (member.type === 'MethodDefinition' && member.kind === 'constructor')
      for (const param of member.value.params)
        if (param.type === 'TSParameterProperty' && param.parameter.type === 'Identifier') {
          const { name: field } = param.parameter;
          props.set(field, () => annotated(project, file, param.parameter, depth));
        }
  }
  return { kind: 'object', props, open: declaration.superClass !== null };
}

function namespaceShape(project: Project, file: SourceFile, specifier: Node): Shape | undefined {
  const statement = file.parentOf(specifier);
  const path = statement?.type === 'ImportDeclaration' ? project.resolve(file.path, statement.source.value) : undefined;
  const target = path ? project.file(path) : undefined;
  return target && { kind: 'object', props: new Map(project.exportsOf(target).map((name) => [name, () => undefined])), open: false };
}
