import { type FunctionNode, isFunction, keyName, type Node } from './nodes.js';
import type { Project } from './project.js';
import type { SourceFile } from './source-file.js';

/** A function and the file it is in. */
export interface FunctionRef {
  readonly file: SourceFile;
  readonly node: FunctionNode;
  /** Its name, or that of the variable, property or method that holds it; empty for an anonymous one. */
  readonly name: string;
}

const cache = new WeakMap<SourceFile, FunctionRef[]>();

/** Every function of a file, outer before inner. */
export function functionsOf(file: SourceFile): FunctionRef[] {
  const known = cache.get(file);
  if (known) return known;
  const found = file.nodes.filter(isFunction).map((node) => ({ file, node, name: functionName(file, node) }));
  cache.set(file, found);
  return found;
}

export const functionRef = (file: SourceFile, node: FunctionNode): FunctionRef => ({ file, node, name: functionName(file, node) });

/** The name by which people know a function. */
export function functionName(file: SourceFile, node: FunctionNode): string {
  if (node.id) return node.id.name;
  const parent = file.parentOf(node);
  switch (parent?.type) {
    case 'VariableDeclarator':
      return parent.id.type === 'Identifier' ? parent.id.name : '';
    case 'Property':
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return keyName(parent.key, parent.computed) ?? '';
    case 'AssignmentExpression':
      return parent.left.type === 'MemberExpression' ? (keyName(parent.left.property, parent.left.computed) ?? '') : '';
    default:
      return '';
  }
}

/** The function that a binding's declaration is or holds: `function f`, `const f = () => …`, `const f = wrap(() => …)`. */
export function functionIn(file: SourceFile, declaration: Node): FunctionRef | undefined {
  if (isFunction(declaration)) return functionRef(file, declaration);
  if (declaration.type !== 'VariableDeclarator' || !declaration.init) return undefined;
  if (isFunction(declaration.init)) return functionRef(file, declaration.init);
  if (declaration.init.type !== 'CallExpression') return undefined;
  const wrapped = declaration.init.arguments.find((argument) => isFunction(argument));
  return wrapped && isFunction(wrapped) ? functionRef(file, wrapped) : undefined;
}

/** Functions of that name in the given files: what a method call may reach when the object's type is not known. */
export const functionsNamed = (project: Project, paths: Iterable<string>, name: string): FunctionRef[] =>
  [...paths].flatMap((path) => {
    const file = project.file(path);
    return file ? (byName(file).get(name) ?? []) : [];
  });

const named = new WeakMap<SourceFile, Map<string, FunctionRef[]>>();

/** The functions of a file by name: asked for at every call of a project. */
function byName(file: SourceFile): Map<string, FunctionRef[]> {
  const known = named.get(file);
  if (known) return known;
  const made = Map.groupBy(functionsOf(file), ({ name }) => name);
  named.set(file, made);
  return made;
}
