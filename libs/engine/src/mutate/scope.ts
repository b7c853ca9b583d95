/** Which names a place can use, and what is known of them. */
import { type Binding, bindingsOf } from '../bindings.js';
import type { Node } from '../nodes.js';
import type { SourceFile } from '../source-file.js';

const byScope = new WeakMap<SourceFile, Map<Node, Binding[]>>();

function scopesOf(file: SourceFile): Map<Node, Binding[]> {
  const known = byScope.get(file);
  if (known) return known;
  const scopes = new Map<Node, Binding[]>();
  for (const binding of [...bindingsOf(file).values()].flat()) {
    if (binding.kind === 'type') continue;
    const list = scopes.get(binding.scope);
    if (list) list.push(binding);
    else scopes.set(binding.scope, [binding]);
  }
  byScope.set(file, scopes);
  return scopes;
}

/** The bindings that a node can use, innermost first; of a shadowed name only the inner one. */
export function visibleAt(file: SourceFile, at: Node): Map<string, Binding> {
  const scopes = scopesOf(file);
  const visible = new Map<string, Binding>();
  for (const scope of [at, ...file.ancestorsOf(at)])
    for (const binding of scopes.get(scope) ?? []) if (!visible.has(binding.name)) visible.set(binding.name, binding);
  return visible;
}

/** Variables and parameters of the functions around the node (not the module's), declared before it. */
export function localsAt(file: SourceFile, at: Node): Binding[] {
  return [...visibleAt(file, at).values()].filter(
    ({ kind, scope, id }) => (kind === 'param' || kind === 'variable') && scope.type !== 'Program' && id.start < at.start,
  );
}

const globals = new Set(
  (
    'arguments undefined NaN Infinity globalThis global window self document console process require module exports __dirname __filename ' +
    'Object Array String Number Boolean Symbol BigInt Math JSON Date RegExp Map Set WeakMap WeakSet WeakRef Promise Proxy Reflect Intl ' +
    'Error TypeError RangeError SyntaxError ReferenceError EvalError URIError AggregateError Function eval isNaN isFinite parseInt ' +
    'parseFloat encodeURI encodeURIComponent decodeURI decodeURIComponent escape unescape setTimeout setInterval setImmediate ' +
    'clearTimeout clearInterval clearImmediate queueMicrotask structuredClone Buffer URL URLSearchParams TextEncoder TextDecoder ' +
    'AbortController AbortSignal Event EventTarget fetch Headers Request Response performance crypto atob btoa ArrayBuffer ' +
    'SharedArrayBuffer Atomics DataView Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array ' +
    'Float32Array Float64Array BigInt64Array BigUint64Array Iterator define describe it test expect before after beforeEach afterEach jest'
  ).split(' '),
);

/** Names that JavaScript hosts define. */
export const isGlobal = (name: string): boolean => globals.has(name);

/** Whether an identifier reads or writes a variable, rather than name a property, a label, a key or a binding. */
export function isReference(file: SourceFile, node: Node): boolean {
  if (node.type !== 'Identifier') return false;
  const parent = file.parentOf(node);
  switch (parent?.type) {
    case 'MemberExpression':
      return parent.object === node || parent.computed;
    case 'Property':
      return parent.value === node || parent.computed;
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return parent.value === node || parent.computed;
    case 'LabeledStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'ImportSpecifier':
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
    case 'ExportSpecifier':
    case 'MetaProperty':
      return false;
    default:
      return !parent?.type.startsWith('TS');
  }
}

/** The names of the variables that a node uses. */
export const namesUsed = (file: SourceFile, node: Node): Set<string> =>
  new Set(file.within(node).flatMap((inner) => (inner.type === 'Identifier' && isReference(file, inner) ? [inner.name] : [])));
