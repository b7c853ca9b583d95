import type { SourceSnapshot } from '@selfheal/contracts';
import { type FunctionRef, functionIn, functionsNamed } from './functions.js';
import { isFunction, memberName, type Node } from './nodes.js';
import { type Project, projectOf } from './project.js';
import type { SourceFile } from './source-file.js';

export interface ReachedFunction extends FunctionRef {
  /** Calls between the starting function and this one. */
  readonly depth: number;
}

export interface ReachLimits {
  readonly functions?: number;
  readonly depth?: number;
}

/**
 * The functions that may run when `from` runs, nearest first: names resolved through relative imports, and methods by
 * name within the files that the caller's file imports (over-approximate on purpose). Bounded.
 */
export function reachableFunctions(snapshot: SourceSnapshot, from: FunctionRef, limits: ReachLimits = {}): ReachedFunction[] {
  const { functions = 100, depth: deepest = 6 } = limits;
  const project = projectOf(snapshot);
  const seen = new Set<Node>([from.node]);
  const reached: ReachedFunction[] = [{ ...from, depth: 0 }];
  for (let i = 0; i < reached.length && reached.length < functions; i++) {
    const caller = reached[i] as ReachedFunction;
    if (caller.depth >= deepest) continue;
    for (const callee of calledBy(project, caller)) {
      if (seen.has(callee.node) || reached.length >= functions) continue;
      seen.add(callee.node);
      reached.push({ ...callee, depth: caller.depth + 1 });
    }
  }
  return reached;
}

/** The functions that a call, or a mention of a name, may run. */
export function resolveCallee(project: Project, file: SourceFile, node: Node): FunctionRef[] {
  if (node.type === 'Identifier') {
    const declared = project.lookup(file, node.name, node);
    if (!declared) return [];
    if (declared.binding.kind === 'class') return methods(declared.file, declared.binding.declaration, 'constructor');
    const found = functionIn(declared.file, declared.binding.declaration);
    return found ? [found] : [];
  }
  if (node.type !== 'MemberExpression') return [];
  const name = memberName(node);
  if (!name || BUILT_IN.has(name)) return [];
  if (node.object.type === 'Identifier') {
    const declared = project.lookup(file, node.object.name, node.object);
    if (declared?.binding.declaration.type === 'ImportNamespaceSpecifier')
      return namespaceMember(project, declared.file, declared.binding.declaration, name);
    if (declared && declared.binding.kind !== 'param') {
      const own = functionsNamed(project, [declared.file.path], name);
      if (own.length > 0) return own;
    }
  }
  const near = functionsNamed(project, [file.path, ...imported(project, file)], name);
  return near.length > 0 ? near : functionsNamed(project, project.snapshot.files.keys(), name).slice(0, 3);
}

/** Methods of the language's own objects: a call of one says nothing about our functions of that name. */
const BUILT_IN = new Set(
  [Array.prototype, String.prototype, Map.prototype, Set.prototype, Promise.prototype, Object.prototype, Function.prototype]
    .flatMap((prototype) => Object.getOwnPropertyNames(prototype))
    .filter(
      (name) =>
        !['get', 'set', 'add', 'delete', 'has', 'find', 'search', 'clear', 'at', 'with', 'values', 'entries', 'keys'].includes(name),
    ),
);

function calledBy(project: Project, caller: FunctionRef): FunctionRef[] {
  const { file } = caller;
  return file.within(caller.node).flatMap((node) => {
    if (node.type === 'CallExpression' || node.type === 'NewExpression') return resolveCallee(project, file, node.callee);
    // A function that is passed on by name (`items.map(toLine)`) runs, too.
    const parent = file.parentOf(node);
    const passed = node.type === 'Identifier' && (parent?.type === 'CallExpression' || parent?.type === 'Property');
    return passed && !isFunction(parent) ? resolveCallee(project, file, node) : [];
  });
}

function imported(project: Project, file: SourceFile): string[] {
  const direct = project.importsOf(file);
  return [...new Set([...direct, ...direct.flatMap((path) => project.importsOf(project.file(path) ?? file))])];
}

function namespaceMember(project: Project, file: SourceFile, specifier: Node, name: string): FunctionRef[] {
  const statement = file.parentOf(specifier);
  const path = statement?.type === 'ImportDeclaration' ? project.resolve(file.path, statement.source.value) : undefined;
  const found = path ? project.exported(path, name) : undefined;
  const ref = found && functionIn(found.file, found.binding.declaration);
  return ref ? [ref] : [];
}

const methods = (file: SourceFile, declaration: Node, name: string): FunctionRef[] =>
  file
    .within(declaration)
    .flatMap((node) =>
      node.type === 'MethodDefinition' && node.key.type === 'Identifier' && node.key.name === name && isFunction(node.value)
        ? [{ file, node: node.value, name }]
        : [],
    );
