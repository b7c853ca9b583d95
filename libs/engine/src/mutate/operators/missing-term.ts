import { replace } from '../../edits.js';
import type { Node } from '../../nodes.js';
import type { SourceFile } from '../../source-file.js';
import { brief, namesOf } from '../facts/brief.js';
import { kindOf, kindOfVariable } from '../facts/kinds.js';
import { docOf, literalsNear, numbersIn } from '../facts/literals.js';
import { isString, isValue, numberOf } from '../facts/places.js';
import { fitted, operand, operatorAt, precedenceOfOperator } from '../facts/precedence.js';
import { quoted, quoteOf } from '../facts/quotes.js';
import { scopesOf } from '../facts/scopes.js';
import type { Change, MutationOperator } from '../mutation.js';

const MAX_STRINGS = 7;
const MAX_TERMS = 14;

/**
 * A term that is not there: a separator in a concatenation, `/ 2`, `% m`, a number of the function, a variable. 4 % of one-edit fixes
 * (SWE-smith's op_break_chains; HumanEvalPack JavaScript/153 lacks a '.', JavaScript/71 a `/ 2`, JavaScript/155 a `/ 10`).
 */
export const missingTerm: MutationOperator = {
  name: 'missing-term',
  prior: 0.12,
  *propose(node, { file }) {
    if (node.type === 'BinaryExpression' && node.operator === '+') yield* separator(file, node);
    yield* textAround(file, node);
    if (isValue(file, node)) yield* term(file, node);
  },
};

function* separator(file: SourceFile, node: Extract<Node, { type: 'BinaryExpression' }>): Iterable<Change> {
  const kind = kindOf(file, node);
  const at = operatorAt(file, node);
  if (!at || kind === 'number' || isString(node.left) || isString(node.right)) return;
  const certain = kind === 'string' ? 1 : 0.5;
  const doc = docOf(file, node);
  const near = [...literalsNear(file, node).strings.keys()].filter((text) => text !== '' && text.length <= 3);
  const texts = [...new Set([...near, ' ', '.', ',', ', ', '-', '_', ':', '/'])];
  const ranked = texts.map((text) => ({
    text,
    weight: (near.includes(text) ? 0.3 : 0.15) * (text.trim() !== '' && doc.includes(text) ? 2 : 1) * certain,
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
  for (const { text, operator, weight } of changes.sort((a, b) => b.weight - a.weight).slice(0, MAX_TERMS)) {
    yield {
      summary: brief(file, node, 40) + text.slice(text.lastIndexOf(` ${operator} `)),
      edits: [replace(node, fitted(file, node, text, precedenceOfOperator(operator)))],
      weight: Math.min(1, weight * place),
    };
  }
}
