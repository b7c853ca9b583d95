import { accessAt, calleeName } from '../ast/access.js';
import { fold } from '../ast/fold.js';
import { unwrap } from '../ast/walk.js';
import { powerOf } from './modules.js';
import type { Op } from './op.js';

const READS = /^(?:read|exists|stat|lstat|access|open|opendir|realpath|watch|createReadStream|glob)/;

/** New uses of a powerful module that the file already had: same callee and first argument as before is not new. */
export const moduleUse: Op = (node, ancestors, { bindings, text }) => {
  const access = accessAt(node, ancestors);
  const binding = access && bindings.get(access.chain[0] ?? '');
  const power = binding && powerOf(binding.module);
  if (!access || !power) return undefined;
  const member = access.chain.slice(1).findLast((name) => name !== 'promises') ?? binding.member;
  const [first] = access.call?.arguments ?? [];
  if (power === 'opens files' && access.call && READS.test(member)) {
    const path = first && fold(unwrap(first));
    if (path !== undefined && !path.startsWith('/') && !path.includes('..') && !path.includes('\0')) return undefined;
  }
  // Another argument to the same request (a timeout, an agent) is fine; another command line is not.
  const strict = power === 'starts processes' || power === 'runs code from text';
  const key = `${access.chain.join('.')}(${strict ? text(access.top) : first ? text(first) : ''})`;
  return { what: `${access.call ? 'calls' : 'hands on'} ${access.chain.join('.')}, which ${power}`, key };
};

const CODE = new Set(['eval', 'Function', 'AsyncFunction', 'GeneratorFunction', 'WebAssembly', 'importScripts', 'ShadowRealm']);
const NETWORK = new Set(['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest', 'WebTransport']);
const OTHER = new Set(['Worker', 'SharedWorker', 'Deno', 'Bun', 'Reflect']);
const GLOBALS = new Set(['globalThis', 'global']);

/** Globals that run code or reach the network, under whatever name: also when they are only passed on. */
export const globalUse: Op = (node, ancestors, { bindings, text }) => {
  const access = accessAt(node, ancestors);
  const name = access?.chain[0] ?? '';
  if (!access || bindings.has(name)) return undefined;
  if (CODE.has(name)) return { what: `uses ${name}, which runs code from text`, key: text(access.top) };
  if (NETWORK.has(name)) {
    const [first] = access.call?.arguments ?? [];
    return { what: `uses ${name}, which opens the network`, key: first ? text(first) : access.call ? '()' : text(access.top) };
  }
  if (OTHER.has(name)) return { what: `uses ${name}`, key: text(access.top) };
  // `require('x')` is judged as an import; whatever else is done with the loader could load anything.
  const loads = name === 'require' && !(access.call && access.chain.length === 1) && access.chain[1] !== 'resolve';
  if (loads || (name === 'module' && access.chain[1] !== 'exports'))
    return { what: `hands on the module loader (${access.chain.join('.')})`, key: text(access.top) };
  if (GLOBALS.has(name) && (access.chain.length === 1 || access.chain[1] === '?') && !isTypeof(access.parent)) {
    return { what: `reaches globals by a computed name through ${name}`, key: text(access.top) };
  }
  return undefined;
};

/** `setTimeout('code')`, `x.constructor('code')`, `import.meta` aside: code from text by other doors. */
export const codeFromText: Op = (node, ancestors) => {
  if (node.type === 'CallExpression' && ['setTimeout', 'setInterval', 'setImmediate'].includes(calleeName(node) ?? '')) {
    const first = node.arguments[0] && unwrap(node.arguments[0]);
    return first && (fold(first) !== undefined || first.type === 'BinaryExpression') ? { what: 'gives a timer text to run' } : undefined;
  }
  const parent = ancestors.at(-1);
  const isConstructor =
    (node.type === 'MemberExpression' &&
      (node.computed ? fold(node.property) : node.property.type === 'Identifier' ? node.property.name : '') === 'constructor') ||
    (node.type === 'Property' && parent?.type === 'ObjectPattern' && node.key.type === 'Identifier' && node.key.name === 'constructor');
  const onlyName =
    parent?.type === 'MemberExpression' && !parent.computed && parent.property.type === 'Identifier' && parent.property.name === 'name';
  return isConstructor && !onlyName ? { what: 'reaches a constructor through an object, which can run code from text' } : undefined;
};

const isTypeof = (node: { type: string } | undefined): boolean =>
  node?.type === 'UnaryExpression' && 'operator' in node && node.operator === 'typeof';
