/** Names and what they are bound to: enough scope analysis for repair, not a type checker's. */
import { isFunction, type Node, type NodeOf } from './nodes.js';
import type { SourceFile } from './source-file.js';

export interface Binding {
  readonly name: string;
  readonly kind: 'import' | 'param' | 'variable' | 'function' | 'class' | 'type';
  /** The identifier that declares it. */
  readonly id: Node;
  /** The declarator, function, class, parameter or import specifier. */
  readonly declaration: Node;
  /** The node in which the name is visible. */
  readonly scope: Node;
}

const cache = new WeakMap<SourceFile, Map<string, Binding[]>>();

/** Every binding of the file by name. */
export function bindingsOf(file: SourceFile): Map<string, Binding[]> {
  const known = cache.get(file);
  if (known) return known;
  const all = new Map<string, Binding[]>();
  const add = (binding: Binding) => all.set(binding.name, [...(all.get(binding.name) ?? []), binding]);
  for (const node of file.nodes) for (const binding of declaredBy(node, file)) add(binding);
  cache.set(file, all);
  return all;
}

/** What `name` means at `at`: the innermost binding whose scope holds the node. */
export function lookup(file: SourceFile, name: string, at: Node): Binding | undefined {
  return (bindingsOf(file).get(name) ?? [])
    .filter((binding) => binding.scope.start <= at.start && at.end <= binding.scope.end)
    .sort((a, b) => a.scope.end - a.scope.start - (b.scope.end - b.scope.start))[0];
}

/** The value names that are visible at a node, innermost first. */
export function namesInScope(file: SourceFile, at: Node): string[] {
  return [...bindingsOf(file).values()]
    .flat()
    .filter((binding) => binding.kind !== 'type' && binding.scope.start <= at.start && at.end <= binding.scope.end)
    .sort((a, b) => b.scope.start - a.scope.start)
    .map((binding) => binding.name);
}

/** The identifiers that a pattern binds. */
export function patternNames(pattern: Node): NodeOf<'Identifier'>[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern];
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) => patternNames(property.type === 'Property' ? property.value : property.argument));
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element ? patternNames(element) : []));
    case 'AssignmentPattern':
      return patternNames(pattern.left);
    case 'RestElement':
      return patternNames(pattern.argument);
    case 'TSParameterProperty':
      return patternNames(pattern.parameter);
    default:
      return [];
  }
}

function declaredBy(node: Node, file: SourceFile): Binding[] {
  switch (node.type) {
    case 'ImportDeclaration':
      return node.specifiers.map((specifier) => ({
        name: specifier.local.name,
        kind: 'import',
        id: specifier.local,
        declaration: specifier,
        scope: file.program,
      }));
    case 'VariableDeclarator':
      return patternNames(node.id).map((id) => ({ name: id.name, kind: 'variable', id, declaration: node, scope: scopeOf(node, file) }));
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression': {
      const params = node.params.flatMap((param) =>
        patternNames(param).map((id): Binding => ({ name: id.name, kind: 'param', id, declaration: param, scope: node })),
      );
      if (!node.id) return params;
      const scope = node.type === 'FunctionDeclaration' ? scopeOf(node, file) : node;
      return [...params, { name: node.id.name, kind: 'function', id: node.id, declaration: node, scope }];
    }
    case 'ClassDeclaration':
      return node.id ? [{ name: node.id.name, kind: 'class', id: node.id, declaration: node, scope: scopeOf(node, file) }] : [];
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'TSEnumDeclaration':
      return [
        {
          name: node.id.name,
          kind: node.type === 'TSEnumDeclaration' ? 'class' : 'type',
          id: node.id,
          declaration: node,
          scope: scopeOf(node, file),
        },
      ];
    case 'CatchClause':
      return node.param ? patternNames(node.param).map((id) => ({ name: id.name, kind: 'param', id, declaration: node, scope: node })) : [];
    default:
      return [];
  }
}

/** The nearest block, loop, function or program around a declaration. */
function scopeOf(node: Node, file: SourceFile): Node {
  const holder = file
    .ancestorsOf(node)
    .find(
      (a) =>
        isFunction(a) ||
        a.type === 'BlockStatement' ||
        a.type === 'ForStatement' ||
        a.type === 'ForOfStatement' ||
        a.type === 'ForInStatement',
    );
  return holder ?? file.program;
}
