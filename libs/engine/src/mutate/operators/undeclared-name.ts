import { replace } from '../../edits.js';
import { similarity } from '../../names.js';
import { type Node, type NodeOf, stringValue } from '../../nodes.js';
import type { SourceFile } from '../../source-file.js';
import { isString, isValue } from '../facts/places.js';
import { operatorAt } from '../facts/precedence.js';
import { scopesOf } from '../facts/scopes.js';
import type { Change, MutationOperator } from '../mutation.js';
import { constantIndex, ranked } from './wrong-variable.js';

/** Names that every host has; anything else that nothing declares is a mistake or the host's own. */
const GLOBALS = new Set(
  'undefined NaN Infinity globalThis global window document self console process require module exports __dirname __filename arguments Buffer URL URLSearchParams Object Array String Number Boolean Symbol BigInt Math JSON Date RegExp Map Set WeakMap WeakSet WeakRef Promise Proxy Reflect Intl Error TypeError RangeError SyntaxError ReferenceError EvalError URIError AggregateError parseInt parseFloat isNaN isFinite eval encodeURIComponent decodeURIComponent encodeURI decodeURI setTimeout setInterval setImmediate clearTimeout clearInterval clearImmediate queueMicrotask structuredClone fetch Function ArrayBuffer DataView Uint8Array Int8Array Uint16Array Int16Array Uint32Array Int32Array Float32Array Float64Array Uint8ClampedArray BigInt64Array BigUint64Array TextEncoder TextDecoder AbortController AbortSignal performance crypto describe it test expect before after beforeEach afterEach beforeAll afterAll jest'.split(
    ' ',
  ),
);

const isUndeclared = (file: SourceFile, node: Node): boolean =>
  node.type === 'Identifier' && !GLOBALS.has(node.name) && scopesOf(file).isReference(node) && !scopesOf(file).variableOf(node);

/** `undefined` in arithmetic or an order: the result is NaN or false whatever the rest is. */
function isNotANumber(file: SourceFile, node: NodeOf<'Identifier'>): boolean {
  const parent = file.parentOf(node);
  return node.name === 'undefined' && parent?.type === 'BinaryExpression' && /^(?:[-+*/%]|\*\*|[<>]=?)$/.test(parent.operator);
}

const cache = new WeakMap<SourceFile, NodeOf<'Identifier'>[]>();

/** The undeclared names inside a node. */
function undeclaredIn(file: SourceFile, holder: Node): NodeOf<'Identifier'>[] {
  const all = cache.get(file) ?? file.nodes.filter((node): node is NodeOf<'Identifier'> => isUndeclared(file, node));
  cache.set(file, all);
  return all.filter((node) => holder.start <= node.start && node.end <= holder.end);
}

/**
 * A name that nothing declares: the visible variable that was meant, here or everywhere in the function; the declaration that should
 * bear it; a parameter whose arrow lost its `=`; or a string that should be the variable it spells. 4 % of one-edit fixes
 * (MdEval's "reference errors"; TSSB-3M "change identifier used" on an undefined name).
 */
export const undeclaredName: MutationOperator = {
  name: 'undeclared-name',
  prior: 0.36,
  *propose(node, { file }) {
    if (node.type === 'Identifier') yield* isUndeclared(file, node) || isNotANumber(file, node) ? meant(file, node) : renamed(file, node);
    else if (isString(node)) yield* unquoted(file, node);
  },
};

function* meant(file: SourceFile, node: NodeOf<'Identifier'>): Iterable<Change> {
  const scopes = scopesOf(file);
  const parent = file.parentOf(node);
  if (parent?.type === 'BinaryExpression' && parent.operator === '>' && parent.left === node) {
    const at = operatorAt(file, parent);
    if (at) yield { summary: `make ${node.name} the parameter of an arrow function`, edits: [{ ...at, text: '=>' }], weight: 0.5 };
  }
  const holder = file.enclosingFunction(node) ?? file.program;
  const same = undeclaredIn(file, holder).filter((other) => other.name === node.name);
  const shorthand = parent?.type === 'Property' && parent.shorthand ? `${node.name}: ` : '';
  for (const { variable, score } of ranked(file, scopes, node, undefined, 12)) {
    const alike = 0.5 + 0.5 * similarity(node.name, variable.name);
    const weight = Math.min(1, score * alike * 2);
    if (same.length > 1 && !shorthand && same[0] === node) {
      const edits = same.map((other) => replace(other, variable.name));
      yield { summary: `${variable.name} for each ${node.name} of the function, which nothing declares`, edits, weight };
    }
    const text = shorthand + variable.name;
    yield {
      summary: `${variable.name} instead of ${node.name}`,
      edits: [replace(node, text)],
      weight: same.length > 1 ? weight * 0.6 : weight,
    };
  }
  yield* constantIndex(node, parent);
  for (const name of GLOBALS) {
    if (similarity(node.name, name) > 0.75) yield { summary: `${name} instead of ${node.name}`, edits: [replace(node, name)], weight: 0.8 };
  }
}

/** `let total = 0; sum += x; return sum;`: the declaration should say `sum`. */
function* renamed(file: SourceFile, id: NodeOf<'Identifier'>): Iterable<Change> {
  const parent = file.parentOf(id);
  const declares = parent?.type === 'VariableDeclarator' && parent.id === id;
  if (!declares && !(parent && 'params' in parent && file.enclosingFunction(id) === parent)) return;
  const holder = file.enclosingFunction(id) ?? file.program;
  const names = new Set(undeclaredIn(file, holder).map((other) => other.name));
  if (names.size === 0) return;
  const own = scopesOf(file).resolve(id.name, id);
  const unused = own?.references.length === 0;
  for (const name of [...names].slice(0, 4)) {
    yield {
      summary: `declare ${name} instead of ${id.name}`,
      edits: [{ start: id.start, end: id.start + id.name.length, text: name }],
      weight: unused ? 0.9 : 0.3,
    };
  }
}

/** `md5('text')` where a variable `text` is in scope. */
function* unquoted(file: SourceFile, node: Node): Iterable<Change> {
  const value = stringValue(node) ?? '';
  if (!/^[A-Za-z_$][\w$]*$/.test(value) || !isValue(file, node)) return;
  const variable = scopesOf(file).resolve(value, node);
  const parent = file.parentOf(node);
  const compared = parent?.type === 'BinaryExpression' && parent.left.type === 'UnaryExpression';
  if (variable && !compared)
    yield { summary: `the variable ${value} instead of its name as a string`, edits: [replace(node, value)], weight: 0.7 };
}
