import { insert, replace } from '../../edits.js';
import { calleeName, isFunction, memberName, type Node } from '../../nodes.js';
import type { SourceFile } from '../../source-file.js';
import { brief } from '../facts/brief.js';
import { kindOf } from '../facts/kinds.js';
import { docOf } from '../facts/literals.js';
import { isCondition, isValue } from '../facts/places.js';
import { fitted, operand, P, precedenceOf } from '../facts/precedence.js';
import { isWritten, scopesOf } from '../facts/scopes.js';
import { wrapsFor } from '../facts/wraps.js';
import type { Change, MutationOperator } from '../mutation.js';

const WRAPPABLE: ReadonlySet<Node['type']> = new Set<Node['type']>([
  'Identifier',
  'MemberExpression',
  'CallExpression',
  'BinaryExpression',
  'NewExpression',
  'ConditionalExpression',
  'ThisExpression',
]);
const MAX_CHANGES = 10;
/** Less likely ones are not worth a run. */
const LEAST = 0.03;

/**
 * A call that is not made: around a value (`Math.abs(a - b)`), at its end (`xs.slice(1)`, `s.trim()`), a function of the file, or the
 * comparison that `.sort()` of numbers lacks. 6 % of one-edit fixes (ManySStuBs4J counts additions of a call among its unmatched
 * one-statement fixes; Sobreira et al., SANER 2018: "method call addition" is in 16 % of the patches of Defects4J). Which call is
 * chosen by the kind of value and by what the comment says.
 */
export const missingCall: MutationOperator = {
  name: 'missing-call',
  prior: 0.1,
  *propose(node, { file }) {
    if (node.type === 'CallExpression') yield* comparison(file, node);
    if (!WRAPPABLE.has(node.type) || !isValue(file, node) || isCondition(file, node)) return;
    const place = placeWeight(file, node);
    if (place === 0 || ownsWritten(file, node)) return;
    const changes = [...wraps(file, node, place), ...functions(file, node, place)];
    yield* changes
      .filter(({ weight }) => weight >= LEAST)
      .sort((a, b) => b.weight - a.weight)
      .slice(0, MAX_CHANGES);
  },
};

/** What is written to belongs to the value: a copy of it would be lost. */
function ownsWritten(file: SourceFile, node: Node): boolean {
  for (let at: Node | undefined = node; at; at = file.parentOf(at)) {
    if (isWritten(file, at)) return true;
    const parent: Node | undefined = file.parentOf(at);
    if (parent?.type !== 'MemberExpression' || parent.object !== at) return false;
  }
  return false;
}

/** How likely a call is missing here: at the end of a computation more than inside it. */
function placeWeight(file: SourceFile, node: Node): number {
  const parent = file.parentOf(node);
  switch (parent?.type) {
    case 'ReturnStatement':
    case 'VariableDeclarator':
    case 'AssignmentExpression':
      return node.type === 'Identifier' && parent.type !== 'ReturnStatement' ? 0.6 : 1;
    case 'ArrowFunctionExpression':
      return 0.9;
    case 'CallExpression':
    case 'NewExpression':
      return 0.5;
    case 'MemberExpression':
      return parent.object === node ? (parent.computed ? 0.05 : 0.4) : 0.3;
    case 'BinaryExpression':
      return node.type === 'BinaryExpression' && parent.operator === node.operator ? 0.05 : 0.35;
    case 'ForOfStatement':
    case 'ConditionalExpression':
      return 0.4;
    default:
      return 0.25;
  }
}

function* wraps(file: SourceFile, node: Node, place: number): Iterable<Change> {
  const doc = docOf(file, node);
  const kind = kindOf(file, node);
  const parent = file.parentOf(node);
  const integral = node.type === 'BinaryExpression' && node.operator === '/';
  const difference = node.type === 'BinaryExpression' && node.operator === '-';
  for (const { text, weight, says, only } of wrapsFor(kind)) {
    const said = says?.test(doc) ?? false;
    if ((only && !said) || already(file, node, text)) continue;
    // A number that is not computed needs no rounding, and one in an index or a sum no text.
    if (
      kind === 'number' &&
      /floor|ceil|round|trunc/.test(text) &&
      !integral &&
      node.type !== 'CallExpression' &&
      node.type !== 'Identifier'
    )
      continue;
    if (kind === 'number' && /String/i.test(text) && parent?.type === 'MemberExpression') continue;
    const shape = (integral && /floor|ceil|round|trunc/.test(text) ? 2 : 1) * (difference && text.startsWith('Math.abs') ? 2 : 1);
    const unlikely = kind === 'number' && node.type === 'Identifier' ? 0.3 : 1;
    yield wrapped(file, node, text, Math.min(1, weight * place * shape * unlikely * (said ? 2.2 : 1)));
  }
}

/** The value is already called so, or the call would do nothing after the one that is there. */
function already(file: SourceFile, node: Node, text: string): boolean {
  const name = /^(?:[\w.]*?)(\w+)\(/.exec(text)?.[1] ?? /\.(\w+)/.exec(text)?.[1] ?? '';
  const parent = file.parentOf(node);
  const outer =
    parent?.type === 'CallExpression'
      ? calleeName(parent)
      : parent?.type === 'MemberExpression' && parent.object === node
        ? memberName(parent)
        : undefined;
  const inner = node.type === 'CallExpression' ? calleeName(node) : node.type === 'MemberExpression' ? memberName(node) : undefined;
  return name !== '' && (outer === name || inner === name);
}

function wrapped(file: SourceFile, node: Node, text: string, weight: number): Change {
  const [before = '', after = ''] = text.split('%');
  const around = before.endsWith('(') || before.endsWith('...');
  const precedence = before === '[...' ? P.primary : P.call;
  const edits = around
    ? [replace(node, fitted(file, node, before + file.textOf(node) + after, precedence))]
    : precedenceOf(node) >= P.call && file.parentOf(node)?.type !== 'NewExpression'
      ? [insert(node.end, after)]
      : [replace(node, fitted(file, node, operand(file, node, P.call) + after, precedence))];
  return { summary: `${before}${brief(file, node, 50)}${after}`, edits, weight };
}

/** A function of the file with one parameter, that of the same name as what the comment says first. */
function* functions(file: SourceFile, node: Node, place: number): Iterable<Change> {
  if (node.type === 'ThisExpression' || place < 0.3) return;
  const home = file.enclosingFunction(node);
  const doc = docOf(file, node);
  const parent = file.parentOf(node);
  const scopes = scopesOf(file);
  const unary = scopes
    .visibleAt(node)
    .slice(0, 100)
    .filter(({ binding, name }) => {
      const { declaration } = binding;
      const fn = declaration.type === 'VariableDeclarator' ? (declaration.init ?? undefined) : declaration;
      return (
        isFunction(fn) &&
        fn.params.length === 1 &&
        fn !== home &&
        !(parent?.type === 'CallExpression' && calleeName(parent) === name && node.type === 'Identifier')
      );
    });
  for (const variable of unary.slice(0, 5)) {
    const again = node.type === 'CallExpression' && calleeName(node) === variable.name;
    const unused = variable.references.length === 0 ? 2 : 1;
    const weight = (again ? 0.2 : 0.16) * place * unused * (doc.includes(variable.name) ? 1.5 : 1);
    yield wrapped(file, node, `${variable.name}(%)`, Math.min(1, weight));
  }
  if (node.type !== 'Identifier') return;
  const same = scopes.variableOf(node)?.references ?? [];
  const methods = new Set<string>();
  for (const use of same.slice(0, 40)) {
    const member = file.parentOf(use);
    const call = member?.type === 'MemberExpression' && member.object === use ? file.parentOf(member) : undefined;
    if (member?.type === 'MemberExpression' && call?.type === 'CallExpression' && call.callee === member && call.arguments.length === 0)
      methods.add(memberName(member) ?? '');
  }
  methods.delete('');
  for (const method of [...methods].slice(0, 4))
    if (!already(file, node, `%.${method}()`)) yield wrapped(file, node, `%.${method}()`, 0.15 * place);
}

/** `.sort()` of numbers compares them as text. */
function* comparison(file: SourceFile, node: Extract<Node, { type: 'CallExpression' }>): Iterable<Change> {
  if (calleeName(node) !== 'sort' || node.callee.type !== 'MemberExpression' || node.arguments.length > 0) return;
  for (const [text, weight] of [
    ['(a, b) => a - b', 1],
    ['(a, b) => b - a', 0.4],
  ] as const) {
    yield { summary: `sort numbers as numbers in ${brief(file, node)}`, edits: [insert(node.end - 1, text)], weight };
  }
}
