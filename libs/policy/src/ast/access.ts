import { fold } from './fold.js';
import { isFunction, isWrapper, type Node, type NodeOf, unwrap } from './walk.js';

/** How an identifier is used: the chain of members read from it, and the call or the assignment at its end. */
export interface Access {
  /** `process.env.X` is `['process', 'env', 'X']`; a member whose name is not a literal is `?`. */
  readonly chain: readonly string[];
  /** The whole expression: the call when it is called, else the chain. */
  readonly top: Node;
  readonly call: NodeOf<'CallExpression'> | NodeOf<'NewExpression'> | undefined;
  /** The parent of `top`. */
  readonly parent: Node | undefined;
}

/** Names through which every global can be reached. */
const GLOBAL_OBJECTS = new Set(['globalThis', 'global']);

/**
 * The access that starts at `node`, when it is a reference to a value: not a declaration, a property name, or a type.
 * `globalThis.fetch` counts as `fetch`.
 */
export function accessAt(node: Node, ancestors: readonly Node[]): Access | undefined {
  if (node.type !== 'Identifier' || !isReference(node, ancestors)) return undefined;
  const chain = [node.name];
  let top: Node = node;
  let i = ancestors.length - 1;
  let call: Access['call'];
  for (; i >= 0; i--) {
    const parent = ancestors[i];
    if (parent && isWrapper(parent)) top = parent;
    else if (parent?.type === 'MemberExpression' && parent.object === top) {
      chain.push(memberName(parent) ?? '?');
      top = parent;
    } else break;
  }
  const parent = ancestors[i];
  if ((parent?.type === 'CallExpression' || parent?.type === 'NewExpression') && parent.callee === top) {
    call = parent;
    top = parent;
    i--;
  }
  while (chain.length > 1 && GLOBAL_OBJECTS.has(chain[0] ?? '') && chain[1] !== '?') chain.shift();
  return { chain, top, call, parent: ancestors[i] };
}

/** The member's name when it is written in the code: `a.b`, `a['b']`, `a['b' + 'c']`. */
export const memberName = (node: NodeOf<'MemberExpression'>): string | undefined =>
  node.computed ? fold(node.property) : node.property.type === 'Identifier' ? node.property.name : undefined;

/** The name of a property in an object literal, pattern or class. */
export const keyName = (key: Node, computed: boolean): string | undefined =>
  !computed && key.type === 'Identifier' ? key.name : fold(key);

/** The last name of what is called: `f` of `f()`, `m` of `a.b.m()`. */
export function calleeName(call: NodeOf<'CallExpression'> | NodeOf<'NewExpression'>): string | undefined {
  const callee = unwrap(call.callee);
  return callee.type === 'Identifier' ? callee.name : callee.type === 'MemberExpression' ? memberName(callee) : undefined;
}

const NOT_VALUES = new Set([
  'ImportSpecifier',
  'ImportDefaultSpecifier',
  'ImportNamespaceSpecifier',
  'LabeledStatement',
  'BreakStatement',
  'ContinueStatement',
  'MetaProperty',
  'ImportAttribute',
]);

function isReference(node: Node, ancestors: readonly Node[]): boolean {
  const parent = ancestors.at(-1);
  if (!parent || NOT_VALUES.has(parent.type)) return false;
  if (parent.type.startsWith('TS') && !isWrapper(parent) && parent.type !== 'TSExportAssignment' && parent.type !== 'TSEnumMember')
    return false;
  if (parent.type === 'MemberExpression') return parent.object === node || parent.computed;
  if (parent.type === 'Property') return parent.value === node || parent.computed;
  if (parent.type === 'MethodDefinition' || parent.type === 'PropertyDefinition') return parent.value === node || parent.computed;
  if (parent.type === 'VariableDeclarator') return parent.init === node;
  if (isFunction(parent)) return parent.body === node;
  return true;
}
