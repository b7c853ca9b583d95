/** Variables with their references: one linear pass a file, so that asking at every node of a large file stays cheap. */
import { type Binding, bindingsOf } from '../../bindings.js';
import { isFunction, type Node, type NodeOf } from '../../nodes.js';
import type { SourceFile } from '../../source-file.js';

export interface Variable {
  readonly name: string;
  readonly binding: Binding;
  /** Where it is read or written, the declaration left out. */
  readonly references: NodeOf<'Identifier'>[];
}

export interface Scopes {
  /** What an identifier in an expression refers to; nothing for an undeclared name or a global. */
  readonly variableOf: (identifier: Node) => Variable | undefined;
  /** What a name means at a node. */
  readonly resolve: (name: string, node: Node) => Variable | undefined;
  /** The variables visible at a node, innermost first, shadowed ones left out; at most 120 of each scope. */
  readonly visibleAt: (node: Node) => Variable[];
  /** Whether the identifier stands for a variable's value or is assigned to: not a key, a label, a declaration or a type. */
  readonly isReference: (identifier: Node) => boolean;
}

const cache = new WeakMap<SourceFile, Scopes>();
const MAX_OF_SCOPE = 120;

export function scopesOf(file: SourceFile): Scopes {
  const known = cache.get(file);
  if (known) return known;
  const scopes = build(file);
  cache.set(file, scopes);
  return scopes;
}

function build(file: SourceFile): Scopes {
  const byScope = new Map<Node, Map<string, Variable>>();
  const declared = new Set<Node>();
  for (const binding of [...bindingsOf(file).values()].flat()) {
    declared.add(binding.id);
    if (binding.kind === 'type') continue;
    const scope = hoisted(file, binding);
    const names = byScope.get(scope) ?? new Map<string, Variable>();
    byScope.set(scope, names);
    if (!names.has(binding.name)) names.set(binding.name, { name: binding.name, binding, references: [] });
  }
  const targets = new Map<Node, Variable>();
  const references = new Set<Node>();
  for (const node of file.nodes) {
    if (node.type !== 'Identifier' || declared.has(node) || !isReferenceIn(node, file.parentOf(node))) continue;
    references.add(node);
    for (let at: Node | undefined = node; at; at = file.parentOf(at)) {
      const variable = byScope.get(at)?.get(node.name);
      if (!variable) continue;
      variable.references.push(node);
      targets.set(node, variable);
      break;
    }
  }
  const ordered = new Map(
    [...byScope].map(([scope, names]) => [scope, [...names.values()].sort((a, b) => a.binding.id.start - b.binding.id.start)]),
  );
  return {
    variableOf: (identifier) => targets.get(identifier),
    isReference: (identifier) => references.has(identifier),
    resolve(name, node) {
      for (let at: Node | undefined = node; at; at = file.parentOf(at)) {
        const variable = byScope.get(at)?.get(name);
        if (variable) return variable;
      }
      return undefined;
    },
    visibleAt(node) {
      const seen = new Map<string, Variable>();
      for (let at: Node | undefined = node; at; at = file.parentOf(at))
        for (const variable of nearest(ordered.get(at) ?? [], node.start)) if (!seen.has(variable.name)) seen.set(variable.name, variable);
      return [...seen.values()];
    },
  };
}

/** Of a scope with very many names (a file of 10,000 lines) only those declared around the place. */
function nearest(variables: readonly Variable[], position: number): readonly Variable[] {
  if (variables.length <= MAX_OF_SCOPE) return variables;
  let low = 0;
  for (let high = variables.length; low < high; ) {
    const middle = (low + high) >> 1;
    if ((variables[middle]?.binding.id.start ?? 0) < position) low = middle + 1;
    else high = middle;
  }
  const start = Math.max(0, Math.min(low - MAX_OF_SCOPE / 2, variables.length - MAX_OF_SCOPE));
  return variables.slice(start, start + MAX_OF_SCOPE);
}

/** `var` is visible in its whole function. */
function hoisted(file: SourceFile, binding: Binding): Node {
  const { declaration, scope } = binding;
  const statement = declaration.type === 'VariableDeclarator' ? file.parentOf(declaration) : undefined;
  if (statement?.type !== 'VariableDeclaration' || statement.kind !== 'var' || isFunction(scope)) return scope;
  return file.enclosingFunction(declaration) ?? file.program;
}

function isReferenceIn(node: Node, parent: Node | undefined): boolean {
  if (!parent) return false;
  switch (parent.type) {
    case 'LabeledStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'ImportSpecifier':
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
    case 'ImportAttribute':
    case 'ExportSpecifier':
    case 'ExportAllDeclaration':
    case 'MetaProperty':
      return false;
    case 'MemberExpression':
      return parent.object === node || parent.computed;
    case 'Property':
      return parent.value === node || parent.computed;
    case 'MethodDefinition':
    case 'PropertyDefinition':
    case 'AccessorProperty':
      return parent.value === node || parent.computed;
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
      return parent.expression === node;
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ClassDeclaration':
    case 'ClassExpression':
      return (parent as { id?: Node | null }).id !== node;
    default:
      return !parent.type.startsWith('TS');
  }
}

/** Whether the identifier or member is assigned to (`x = …`, `x++`, `for (x of …)`, a pattern's target). */
export function isWritten(file: SourceFile, node: Node): boolean {
  const parent = file.parentOf(node);
  switch (parent?.type) {
    case 'AssignmentExpression':
    case 'AssignmentPattern':
      return parent.left === node;
    case 'UpdateExpression':
    case 'RestElement':
    case 'ArrayPattern':
      return true;
    case 'ForOfStatement':
    case 'ForInStatement':
      return parent.left === node;
    case 'Property':
      return parent.value === node && file.parentOf(parent)?.type === 'ObjectPattern';
    default:
      return false;
  }
}
