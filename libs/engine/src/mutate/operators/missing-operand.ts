import { replace } from '../../edits.js';
import { isFunction, type Node } from '../../nodes.js';
import type { SourceFile } from '../../source-file.js';
import { brief, namesOf } from '../facts/brief.js';
import { kindOf } from '../facts/kinds.js';
import { isCondition, isValue, outermostFunction } from '../facts/places.js';
import { fitted, operand, precedenceOfOperator } from '../facts/precedence.js';
import { quoted, quoteOf } from '../facts/quotes.js';
import { scopesOf } from '../facts/scopes.js';
import type { Change, MutationOperator } from '../mutation.js';

/** Conditions of a function that may be borrowed. */
const MAX_BORROWED = 8;

/**
 * An operand that is not there: a condition that the function tests elsewhere, what a `typeof` is compared with, a `!` or a `-`. 5 % of one-edit fixes (ManySStuBs4J "more specific if" 4 %; SWE-smith's op_break_chains; SPR's and
 * Prophet's condition tightening and loosening; TBar's template T6).
 */
export const missingOperand: MutationOperator = {
  name: 'missing-operand',
  prior: 0.08,
  *propose(node, { file }) {
    if (!isValue(file, node)) return;
    if (isCondition(file, node) && file.parentOf(node)?.type !== 'LogicalExpression') yield* condition(file, node);
    if (isCondition(file, node)) yield* compared(file, node);
    yield* negated(file, node);
  },
};

const borrowed = new WeakMap<Node, readonly Node[]>();

/** The conditions of the outermost function, short ones, each text once. */
function conditionsNear(file: SourceFile, node: Node): readonly Node[] {
  const holder = outermostFunction(file, node);
  const known = borrowed.get(holder);
  if (known) return known;
  const seen = new Set<string>();
  const found = file.within(holder).filter((other) => {
    const text = other.end - other.start <= 60 && isTest(file, other) ? file.textOf(other) : undefined;
    return text !== undefined && !seen.has(text) && seen.add(text);
  });
  borrowed.set(holder, found.slice(0, 60));
  return found;
}

/** An atom of a condition: a comparison, a call or a name that is tested. */
const isTest = (file: SourceFile, node: Node): boolean =>
  (node.type === 'BinaryExpression' && /^(?:[=!<>]=?=?|in|instanceof)$/.test(node.operator)) ||
  (node.type !== 'LogicalExpression' && isCondition(file, node) && isValue(file, node));

function* condition(file: SourceFile, node: Node): Iterable<Change> {
  const own = file.textOf(node);
  const names = namesOf(own);
  const scopes = scopesOf(file);
  const usable = conditionsNear(file, node)
    .filter((other) => !own.includes(file.textOf(other)) && (other.end <= node.start || other.start >= node.end))
    .filter((other) =>
      file
        .within(other)
        .every(
          (part) =>
            part.type !== 'Identifier' ||
            !scopes.isReference(part) ||
            !scopes.variableOf(part) ||
            scopes.resolve(part.name, node) === scopes.variableOf(part),
        ),
    )
    .map((other) => ({ other, shared: [...namesOf(file.textOf(other))].filter((name) => names.has(name)).length }))
    .sort((a, b) => b.shared - a.shared)
    .slice(0, MAX_BORROWED);
  for (const { other, shared } of usable) {
    for (const [operator, factor] of [
      ['&&', 1],
      ['||', 0.8],
    ] as const) {
      const text = `${operand(file, node, precedenceOfOperator(operator))} ${operator} ${operand(file, other, precedenceOfOperator(operator) + 1)}`;
      if (node.type === 'LogicalExpression' && node.operator === '??') continue;
      yield {
        summary: `${operator} ${brief(file, other)}`,
        edits: [replace(node, fitted(file, node, text, precedenceOfOperator(operator)))],
        weight: (shared > 0 ? 0.16 : 0.06) * factor,
      };
    }
  }
}

/** `typeof x` alone is always true. */
function* compared(file: SourceFile, node: Node): Iterable<Change> {
  if (node.type !== 'UnaryExpression' || node.operator !== 'typeof') return;
  const own = file.textOf(node);
  for (const [i, type] of ['function', 'string', 'object', 'number', 'undefined'].entries())
    for (const operator of ['!==', '==='])
      yield {
        summary: `${operator} ${type}`,
        edits: [replace(node, fitted(file, node, `${own} ${operator} ${quoted(type, quoteOf(file))}`, 9))],
        weight: 1 / (1 + i),
      };
}

/** A `!` in front of an operand of a condition, a `-` in front of a number. The whole condition of a statement is negate-condition's. */
function* negated(file: SourceFile, node: Node): Iterable<Change> {
  if (node.type === 'UnaryExpression' || node.type === 'Literal' || isFunction(node)) return;
  const parent = file.parentOf(node);
  const text = file.textOf(node);
  if (
    parent?.type === 'LogicalExpression' &&
    node.type !== 'BinaryExpression' &&
    node.type !== 'LogicalExpression' &&
    isCondition(file, node)
  ) {
    yield {
      summary: `not ${brief(file, node)}`,
      edits: [replace(node, fitted(file, node, `!${operand(file, node, 15)}`, 15))],
      weight: 0.35,
    };
  } else if (
    (parent?.type === 'ReturnStatement' || parent?.type === 'ArrowFunctionExpression' || parent?.type === 'AssignmentExpression') &&
    kindOf(file, node) === 'boolean' &&
    node.type !== 'BinaryExpression'
  ) {
    yield {
      summary: `not ${brief(file, node)}`,
      edits: [replace(node, fitted(file, node, `!${operand(file, node, 15)}`, 15))],
      weight: 0.25,
    };
  }
  const sum = parent?.type === 'BinaryExpression' && !/^[*/]$/.test(parent.operator);
  const kind = kindOf(file, node);
  if (
    kind === 'number' &&
    !sum &&
    !/^-/.test(text) &&
    parent?.type !== 'UnaryExpression' &&
    node.type !== 'BinaryExpression' &&
    node.type !== 'UpdateExpression'
  ) {
    const slice = parent?.type === 'CallExpression' || parent?.type === 'ReturnStatement';
    if (parent?.type !== 'MemberExpression')
      yield {
        summary: `minus ${brief(file, node)}`,
        edits: [replace(node, fitted(file, node, `-${operand(file, node, 15)}`, 15))],
        weight: slice ? 0.12 : 0.05,
      };
  }
}
