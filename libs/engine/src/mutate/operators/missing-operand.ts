import { replace } from '../../edits.js';
import { isFunction, type Node } from '../../nodes.js';
import type { SourceFile } from '../../source-file.js';
import { brief } from '../facts/brief.js';
import { kindOf, kindOfVariable } from '../facts/kinds.js';
import { docOf, literalsNear, numbersIn } from '../facts/literals.js';
import { isCondition, isString, isValue, numberOf, outermostFunction } from '../facts/places.js';
import { fitted, operand, operatorAt, precedenceOfOperator } from '../facts/precedence.js';
import { quoted, quoteOf } from '../facts/quotes.js';
import { scopesOf } from '../facts/scopes.js';
import type { Change, MutationOperator } from '../mutation.js';

/** Conditions of a function that may be borrowed, and strings that may be inserted. */
const MAX_BORROWED = 8;
const MAX_STRINGS = 7;

/**
 * An operand that is not there: a condition that the function tests elsewhere, a separator in a concatenation, `/ 2`, `% m`, a term
 * from the scope, a `!` or a `-`. 7 % of one-edit fixes (ManySStuBs4J "more specific if" 4 %; SWE-smith's op_break_chains; SPR's and
 * Prophet's condition tightening and loosening; TBar's template T6).
 */
export const missingOperand: MutationOperator = {
  name: 'missing-operand',
  prior: 0.07,
  *propose(node, { file }) {
    if (node.type === 'BinaryExpression' && node.operator === '+' && kindOf(file, node) === 'string') yield* separator(file, node);
    yield* textAround(file, node);
    if (!isValue(file, node)) return;
    if (isCondition(file, node) && file.parentOf(node)?.type !== 'LogicalExpression') yield* condition(file, node);
    yield* negated(file, node);
    yield* term(file, node);
  },
};

function* separator(file: SourceFile, node: Extract<Node, { type: 'BinaryExpression' }>): Iterable<Change> {
  const at = operatorAt(file, node);
  if (!at) return;
  const doc = docOf(file, node);
  const near = [...literalsNear(file, node).strings.keys()].filter((text) => text !== '' && text.length <= 3);
  const texts = [...new Set([...near, ' ', '.', ',', ', ', '-', '_', ':', '/'])];
  const ranked = texts.map((text) => ({
    text,
    weight: (near.includes(text) ? 0.3 : 0.15) * (text.trim() !== '' && doc.includes(text) ? 2 : 1),
  }));
  for (const { text, weight } of ranked.sort((a, b) => b.weight - a.weight).slice(0, MAX_STRINGS)) {
    yield {
      summary: `put ${JSON.stringify(text)} between the parts of ${brief(file, node)}`,
      edits: [{ start: at.end, end: at.end, text: ` ${quoted(text, quoteOf(file))} +` }],
      weight,
    };
  }
}

/** A quote or bracket in front of a text that only closes one: `name + '" timed out'`. */
function* textAround(file: SourceFile, node: Node): Iterable<Change> {
  if (
    node.type !== 'BinaryExpression' ||
    node.operator !== '+' ||
    !isString(node.right) ||
    !isValue(file, node) ||
    node.left.type !== 'Identifier'
  )
    return;
  const closing = /^["')\]}>]/.exec(node.right.value)?.[0];
  const opening = closing && ({ ')': '(', ']': '[', '}': '{', '>': '<' }[closing] ?? closing);
  if (opening)
    yield {
      summary: `open what ${brief(file, node.right)} closes`,
      edits: [replace(node.left, `${quoted(opening, quoteOf(file))} + ${file.textOf(node.left)}`)],
      weight: 0.5,
    };
}

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
  const visible = new Set(scopes.visibleAt(node).map(({ name }) => name));
  const usable = conditionsNear(file, node)
    .filter((other) => !own.includes(file.textOf(other)) && (other.end <= node.start || other.start >= node.end))
    .filter((other) =>
      file
        .within(other)
        .every((part) => part.type !== 'Identifier' || !scopes.isReference(part) || !scopes.variableOf(part) || visible.has(part.name)),
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
  if (node.type === 'UnaryExpression' && node.operator === 'typeof') {
    for (const [i, type] of ['function', 'string', 'object', 'number', 'undefined'].entries())
      for (const operator of ['!==', '==='])
        yield {
          summary: `${operator} ${type}`,
          edits: [replace(node, fitted(file, node, `${own} ${operator} ${quoted(type, quoteOf(file))}`, 9))],
          weight: 1 / (1 + i),
        };
  }
}

const namesOf = (text: string): Set<string> => new Set(text.match(/[A-Za-z_$][\w$]*/g));

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

/** `x` is `x / 2`, `x % m`, `x + y`. */
function* term(file: SourceFile, node: Node): Iterable<Change> {
  const parent = file.parentOf(node);
  const whole =
    parent?.type === 'VariableDeclarator' ||
    parent?.type === 'AssignmentExpression' ||
    parent?.type === 'ReturnStatement' ||
    parent?.type === 'ArrowFunctionExpression' ||
    parent?.type === 'CallExpression';
  if (
    !whole ||
    numberOf(node) !== undefined ||
    kindOf(file, node) !== 'number' ||
    node.type === 'UpdateExpression' ||
    node.type === 'AssignmentExpression'
  )
    return;
  const binary = node.type === 'BinaryExpression';
  const place = (binary ? 1 : 0.5) * (parent.type === 'CallExpression' ? 0.4 : 1);
  const numbers = new Set([2, ...[...literalsNear(file, node).numbers.keys()].slice(0, 8), ...numbersIn(docOf(file, node)).slice(0, 6)]);
  const changes: { text: string; operator: string; weight: number }[] = [];
  for (const value of numbers) {
    if (value < 2 || !Number.isInteger(value)) continue;
    const weight = value === 2 || value === 10 ? 0.2 : 0.08;
    for (const [operator, factor] of [
      ['/', 1],
      ['*', 0.7],
      ['%', value > 100 ? 1.2 : 0.4],
      ['+', 0.25],
      ['-', 0.25],
    ] as const)
      changes.push({
        text: `${operand(file, node, precedenceOfOperator(operator))} ${operator} ${value}`,
        operator,
        weight: weight * factor,
      });
  }
  const own = file.textOf(node);
  const variables = scopesOf(file)
    .visibleAt(node)
    .slice(0, 30)
    .filter(
      (variable) =>
        variable.binding.id.end <= node.start && kindOfVariable(file, variable) === 'number' && !namesOf(own).has(variable.name),
    );
  for (const variable of variables.slice(0, 4)) {
    if (variable.binding.kind === 'function') continue;
    const unused = variable.references.length === 0 ? 2.5 : 1;
    for (const [operator, weight] of [
      ['+', 0.12],
      ['-', 0.12],
      ['*', 0.08],
      ['/', 0.06],
      ['%', 0.05],
    ] as const)
      changes.push({
        text: `${operand(file, node, precedenceOfOperator(operator))} ${operator} ${variable.name}`,
        operator,
        weight: weight * unused,
      });
  }
  for (const { text, operator, weight } of changes.sort((a, b) => b.weight - a.weight).slice(0, 14)) {
    yield {
      summary: brief(file, node, 40) + text.slice(text.lastIndexOf(` ${operator} `)),
      edits: [replace(node, fitted(file, node, text, precedenceOfOperator(operator)))],
      weight: Math.min(1, weight * place),
    };
  }
}
