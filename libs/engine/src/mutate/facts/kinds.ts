/** What kind of value an expression has, guessed from one file: annotations, JSDoc, initialisers, how it is used. */
import { calleeName, isFunction, memberName, type Node, type NodeOf, unwrap } from '../../nodes.js';
import type { SourceFile } from '../../source-file.js';
import { scopesOf, type Variable } from './scopes.js';

/** `list`: an array or a string, both of which have a length and an index. */
export type Kind = 'number' | 'string' | 'boolean' | 'array' | 'list' | 'function' | 'object' | 'nullish';

export const STRING_METHODS = new Set(
  'charAt charCodeAt codePointAt endsWith startsWith match matchAll normalize padEnd padStart repeat replace replaceAll search split substr substring toLowerCase toUpperCase toLocaleLowerCase toLocaleUpperCase trim trimEnd trimStart localeCompare'.split(
    ' ',
  ),
);
export const ARRAY_METHODS = new Set(
  'push pop shift unshift splice sort reverse map filter reduce reduceRight forEach some every find findIndex findLast findLastIndex flat flatMap fill join copyWithin keys values entries'.split(
    ' ',
  ),
);
const RETURNS: Readonly<Record<string, Kind>> = {
  ...kinds(
    'number',
    'charCodeAt codePointAt indexOf lastIndexOf search findIndex findLastIndex push unshift localeCompare getTime getMonth getDate getDay getFullYear getHours getMinutes getSeconds',
  ),
  ...kinds('number', 'parseInt parseFloat Number floor ceil round trunc abs sqrt pow min max sign log random'),
  ...kinds(
    'string',
    'charAt toLowerCase toUpperCase trim trimEnd trimStart substr substring replace replaceAll join repeat padStart padEnd toString toFixed String stringify fromCharCode',
  ),
  ...kinds('boolean', 'includes startsWith endsWith some every has isArray isNaN isInteger isFinite Boolean test hasOwnProperty'),
  ...kinds('array', 'split map filter flat flatMap sort reverse splice keys values entries from of fill match'),
};
const NAMES: Readonly<Record<string, Kind>> = {
  ...kinds('number', 'i j k n m x y idx index len length count cnt sum total num size start end left right min max'),
  ...kinds('string', 's str string text word char ch key name path message msg'),
  ...kinds('array', 'arr array list items args nums numbers lst results values keys'),
  ...kinds('function', 'fn cb callback next done resolve reject iteratee func handler predicate'),
  ...kinds('object', 'err error opts options obj object config req res'),
};

function kinds(kind: Kind, names: string): Record<string, Kind> {
  return Object.fromEntries(names.split(' ').map((name) => [name, kind]));
}

const cache = new WeakMap<Variable, Kind | 'unknown' | 'busy'>();
const MAX_DEPTH = 6;
/** Uses looked at for each variable. */
const MAX_USES = 40;

/** The kind of an expression's value; nothing when it is not known. */
export function kindOf(file: SourceFile, node: Node, depth = 0): Kind | undefined {
  const expr = unwrap(node);
  if (depth > MAX_DEPTH) return undefined;
  const sub = (inner: Node) => kindOf(file, inner, depth + 1);
  switch (expr.type) {
    case 'Literal':
      if (expr.value === null) return 'regex' in expr ? 'object' : 'nullish';
      return typeof expr.value === 'object' ? 'object' : (`${typeof expr.value}` as Kind);
    case 'TemplateLiteral':
      return 'string';
    case 'ArrayExpression':
      return 'array';
    case 'ObjectExpression':
    case 'NewExpression':
      return expr.type === 'NewExpression' && calleeName(expr) === 'Array' ? 'array' : 'object';
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return 'function';
    case 'UnaryExpression':
      return expr.operator === '!' || expr.operator === 'delete' ? 'boolean' : expr.operator === 'typeof' ? 'string' : 'number';
    case 'UpdateExpression':
      return 'number';
    case 'BinaryExpression': {
      if (/^(?:[=!]==?|[<>]=?|in|instanceof)$/.test(expr.operator)) return 'boolean';
      if (expr.operator !== '+') return 'number';
      const [left, right] = [sub(expr.left), sub(expr.right)];
      return left === 'string' || right === 'string' ? 'string' : (left ?? right) === 'number' ? 'number' : undefined;
    }
    case 'LogicalExpression':
      return expr.operator === '&&' ? sub(expr.right) : (sub(expr.left) ?? sub(expr.right));
    case 'ConditionalExpression':
      return sub(expr.consequent) ?? sub(expr.alternate);
    case 'AssignmentExpression':
      return sub(expr.right);
    case 'CallExpression': {
      const name = calleeName(expr) ?? '';
      if (name === 'slice' || name === 'concat')
        return expr.callee.type === 'MemberExpression' ? (sub(expr.callee.object) ?? 'list') : undefined;
      return RETURNS[name];
    }
    case 'MemberExpression': {
      const name = memberName(expr);
      if (name === 'length' || name === 'size') return 'number';
      if (expr.computed) return sub(expr.object) === 'string' ? 'string' : undefined;
      return name === undefined ? undefined : NAMES[name] === 'function' ? 'function' : undefined;
    }
    case 'Identifier': {
      if (expr.name === 'undefined') return 'nullish';
      if (expr.name === 'NaN' || expr.name === 'Infinity') return 'number';
      const variable = scopesOf(file).variableOf(expr);
      return variable ? kindOfVariable(file, variable, depth) : undefined;
    }
    default:
      return undefined;
  }
}

/** The kind of a variable: what is written of it, then what it starts as, then how it is used, then what its name says. */
export function kindOfVariable(file: SourceFile, variable: Variable, depth = 0): Kind | undefined {
  const known = cache.get(variable);
  if (known) return known === 'unknown' || known === 'busy' ? undefined : known;
  cache.set(variable, 'busy');
  const found = declaredKind(file, variable, depth) ?? usedKind(file, variable) ?? NAMES[variable.name];
  cache.set(variable, found ?? 'unknown');
  return found;
}

function declaredKind(file: SourceFile, { name, binding }: Variable, depth: number): Kind | undefined {
  const { declaration, id, kind } = binding;
  if (kind === 'function' || kind === 'class') return 'function';
  if (id.type === 'Identifier' && id.typeAnnotation) {
    const written = kindOfType(file.textOf(id.typeAnnotation));
    if (written) return written;
  }
  if (declaration.type === 'VariableDeclarator' && declaration.id === id) {
    const loop = file.parentOf(file.parentOf(declaration) ?? declaration);
    if (loop?.type === 'ForOfStatement') return kindOf(file, loop.right, depth + 1) === 'string' ? 'string' : undefined;
    if (loop?.type === 'ForInStatement') return 'string';
    const start = declaration.init ? kindOf(file, declaration.init, depth + 1) : undefined;
    return start === 'nullish' ? undefined : start;
  }
  if (kind !== 'param') return undefined;
  if (declaration.type === 'AssignmentPattern') return kindOf(file, declaration.right, depth + 1);
  if (declaration.type === 'RestElement') return 'array';
  return documentedKind(file, name, binding.scope) ?? callbackKind(file, declaration, binding.scope, depth);
}

/** `@param {number} n` in the comment that ends right above the function. */
function documentedKind(file: SourceFile, name: string, fn: Node): Kind | undefined {
  const above = file.text.slice(Math.max(0, fn.start - 2_000), fn.start);
  const comment = above.slice(above.lastIndexOf('/**'));
  const type = new RegExp(`@param\\s*\\{([^}\\n]{1,80})\\}\\s*\\[?${name.replaceAll('$', '\\$')}\\b`).exec(comment)?.[1];
  return type === undefined ? undefined : kindOfType(type);
}

function kindOfType(type: string): Kind | undefined {
  const text = type.replace(/^\s*:/, '').trim().toLowerCase();
  if (/\[\]$|^(?:readonly)?array\b/.test(text)) return 'array';
  const simple = /^(number|string|boolean|function|object)\b(?!\s*[|[])/.exec(text)?.[1];
  return (simple as Kind | undefined) ?? (text.includes('=>') ? 'function' : undefined);
}

/** The index of `xs.map((x, i) => …)` is a number; an element of a string is a string. */
function callbackKind(file: SourceFile, param: Node, fn: Node, depth: number): Kind | undefined {
  const call = file.parentOf(fn);
  if (!isFunction(fn) || call?.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return undefined;
  const name = memberName(call.callee) ?? '';
  const at = fn.params.findIndex((other) => other.start === param.start) - (name.startsWith('reduce') ? 1 : 0);
  if (!ARRAY_METHODS.has(name)) return undefined;
  if (at === 1 && name !== 'sort') return 'number';
  const source = unwrap(call.callee.object);
  if (at === 0 && source.type === 'CallExpression' && calleeName(source) === 'split') return 'string';
  return at === -1 && call.arguments[1] ? kindOf(file, call.arguments[1], depth + 1) : undefined;
}

function usedKind(file: SourceFile, variable: Variable): Kind | undefined {
  let list = false;
  for (const use of variable.references.slice(0, MAX_USES)) {
    const parent = file.parentOf(use);
    switch (parent?.type) {
      case 'MemberExpression': {
        if (parent.object !== use) return 'number';
        const name = memberName(parent);
        if (name !== undefined && STRING_METHODS.has(name)) return 'string';
        if (name !== undefined && ARRAY_METHODS.has(name)) return 'array';
        list ||= parent.computed || name === 'length';
        break;
      }
      case 'CallExpression':
        if (parent.callee === use) return 'function';
        break;
      case 'UpdateExpression':
        return 'number';
      case 'BinaryExpression':
        if (/^(?:[-*/%]|\*\*|[<>]=?|>>>?|<<)$/.test(parent.operator)) return 'number';
        if (/^[=!]==?$/.test(parent.operator)) {
          const other = otherSide(parent, use);
          if (other.type === 'Literal' && other.value !== null) return kindOf(file, other, MAX_DEPTH);
        }
        break;
      default:
    }
  }
  return list ? 'list' : undefined;
}

const otherSide = (binary: NodeOf<'BinaryExpression'>, side: Node): Node => (binary.left === side ? binary.right : binary.left);

/** How well one kind may stand for another, 0 to 1: 0.5 where one of the two is not known. */
export function compatible(a: Kind | undefined, b: Kind | undefined): number {
  if (a === undefined || b === undefined || a === 'nullish' || b === 'nullish') return 0.5;
  if (a === b) return 1;
  const list = (kind: Kind) => kind === 'list' || kind === 'array' || kind === 'string';
  return (a === 'list' && list(b)) || (b === 'list' && list(a)) ? 0.8 : 0;
}
