import type { Binding } from '../bindings.js';
import { memberName, type Node } from '../nodes.js';
import type { SourceFile } from '../source-file.js';
import { isWritten } from './facts/scopes.js';
import { isReference } from './scope.js';

/** How a variable is used; by name within its scope, so that a shadowing name counts too. */
export interface Uses {
  readonly reads: number;
  /** Assignments and `++`, its declaration not counted. */
  readonly writes: number;
  /** Calls of methods that add to a collection, and assignments to its members. */
  readonly pushes: number;
}

const ADDS = new Set(['push', 'unshift', 'add', 'set', 'append', 'splice', 'concat']);
const cache = new WeakMap<Binding, Uses>();
const references = new WeakMap<SourceFile, Map<string, Node[]>>();

/** Every reference to a variable of the name, wherever it is bound. */
export function referencesTo(file: SourceFile, name: string): readonly Node[] {
  let all = references.get(file);
  if (!all) {
    all = new Map();
    for (const node of file.nodes) {
      if (node.type !== 'Identifier' || !isReference(file, node)) continue;
      const list = all.get(node.name);
      if (list) list.push(node);
      else all.set(node.name, [node]);
    }
    references.set(file, all);
  }
  return all.get(name) ?? [];
}

/** The names that a file refers to. */
export function referredNames(file: SourceFile): readonly string[] {
  referencesTo(file, '');
  return [...(references.get(file)?.keys() ?? [])];
}

export function usesOf(file: SourceFile, binding: Binding): Uses {
  const known = cache.get(binding);
  if (known) return known;
  const uses = { reads: 0, writes: 0, pushes: 0 };
  for (const node of referencesTo(file, binding.name)) {
    if (node === binding.id || node.start < binding.scope.start || node.end > binding.scope.end) continue;
    const parent = file.parentOf(node);
    if (isWritten(file, node)) uses.writes++;
    else uses.reads++;
    if (parent?.type !== 'MemberExpression' || parent.object !== node) continue;
    const above = file.parentOf(parent);
    if (isWritten(file, parent) || (above?.type === 'CallExpression' && above.callee === parent && ADDS.has(memberName(parent) ?? '')))
      uses.pushes++;
  }
  cache.set(binding, uses);
  return uses;
}
