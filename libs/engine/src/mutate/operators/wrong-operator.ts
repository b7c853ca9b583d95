import { type Edit, replace } from '../../edits.js';
import type { Node, NodeOf } from '../../nodes.js';
import type { SourceFile } from '../../source-file.js';
import { brief } from '../facts/brief.js';
import { kindOf } from '../facts/kinds.js';
import { isCondition } from '../facts/places.js';
import { fitted, operand, operatorAt, P } from '../facts/precedence.js';
import type { Change, MutationOperator } from '../mutation.js';

type Ranked = readonly (readonly [operator: string, weight: number])[];

/** The boundary pairs (`<` and `<=`) belong to off-by-one. */
const BINARY: Readonly<Record<string, Ranked>> = {
  '<': [
    ['>', 0.9],
    ['>=', 0.6],
    ['!==', 0.1],
    ['===', 0.08],
  ],
  '<=': [
    ['>', 0.7],
    ['>=', 0.7],
    ['===', 0.1],
  ],
  '>': [
    ['<', 0.9],
    ['<=', 0.6],
    ['!==', 0.1],
    ['===', 0.08],
  ],
  '>=': [
    ['<', 0.7],
    ['<=', 0.7],
    ['===', 0.1],
  ],
  '==': [
    ['!=', 1],
    ['===', 0.3],
    ['<=', 0.12],
    ['>=', 0.12],
    ['>', 0.1],
    ['<', 0.1],
  ],
  '!=': [
    ['==', 1],
    ['!==', 0.3],
    ['<', 0.1],
    ['>', 0.1],
  ],
  '===': [
    ['!==', 1],
    ['==', 0.3],
    ['<=', 0.12],
    ['>=', 0.12],
    ['>', 0.1],
    ['<', 0.1],
  ],
  '!==': [
    ['===', 1],
    ['!=', 0.3],
    ['<', 0.1],
    ['>', 0.1],
  ],
  '+': [
    ['-', 0.9],
    ['*', 0.5],
    ['/', 0.12],
    ['%', 0.08],
  ],
  '-': [
    ['+', 0.9],
    ['/', 0.3],
    ['*', 0.15],
    ['%', 0.1],
  ],
  '*': [
    ['+', 0.5],
    ['/', 0.5],
    ['**', 0.25],
    ['-', 0.12],
    ['%', 0.1],
  ],
  '/': [
    ['*', 0.6],
    ['%', 0.6],
    ['-', 0.15],
    ['+', 0.1],
  ],
  '%': [
    ['/', 0.6],
    ['*', 0.25],
    ['-', 0.1],
    ['+', 0.08],
  ],
  '**': [
    ['*', 0.6],
    ['/', 0.1],
  ],
  '<<': [
    ['>>', 0.8],
    ['>>>', 0.4],
  ],
  '>>': [
    ['<<', 0.7],
    ['>>>', 0.6],
  ],
  '>>>': [
    ['>>', 0.7],
    ['<<', 0.4],
  ],
  '&': [
    ['|', 0.7],
    ['&&', 0.5],
    ['^', 0.3],
    ['%', 0.1],
  ],
  '|': [
    ['&', 0.7],
    ['||', 0.5],
    ['^', 0.3],
    ['+', 0.1],
  ],
  '^': [
    ['|', 0.5],
    ['&', 0.5],
    ['**', 0.5],
  ],
  '&&': [['||', 1]],
  '||': [
    ['&&', 1],
    ['??', 0.25],
  ],
  '??': [
    ['||', 0.5],
    ['&&', 0.4],
  ],
};

/**
 * Another binary or logical operator, or its operands the other way round. Wrong operators are 12 to 16 % of one-edit fixes
 * (ManySStuBs4J "change operator" and "change operand" 9 %; SWE-smith's op_flip, op_change and op_swap in JavaScript; 15 % of the
 * one-edit faults planted in HumanEvalPack). The inverse of Stryker's ArithmeticOperator, EqualityOperator and LogicalOperator.
 */
export const wrongOperator: MutationOperator = {
  name: 'wrong-operator',
  prior: 0.14,
  *propose(node, { file }) {
    if (node.type === 'BinaryExpression' || node.type === 'LogicalExpression') {
      yield* others(file, node);
      yield* swapped(file, node);
    } else if (node.type === 'AssignmentExpression' && node.operator === '=' && isCondition(file, node)) {
      const at = operatorAt(file, node);
      if (at) yield { summary: 'compare instead of assigning in a condition', edits: [{ ...at, text: '===' }], weight: 1 };
    }
  },
};

function* others(file: SourceFile, node: NodeOf<'BinaryExpression'> | NodeOf<'LogicalExpression'>): Iterable<Change> {
  const at = operatorAt(file, node);
  if (!at) return;
  const texts = node.operator === '+' && (kindOf(file, node.left) === 'string' || kindOf(file, node.right) === 'string');
  for (const [operator, weight] of BINARY[node.operator] ?? []) {
    if (operator === '??' && mixesLogical(file, node)) continue;
    if (operator === '**' && node.left.type === 'UnaryExpression') continue;
    if (node.operator === '??' && mixesLogical(file, node)) continue;
    yield {
      summary: `use ${operator} instead of ${node.operator} in ${brief(file, node)}`,
      edits: [spaced(file, at, operator)],
      weight: texts ? weight * 0.1 : weight,
    };
  }
}

/** `??` may not stand beside `||` and `&&` without parentheses. */
const mixesLogical = (file: SourceFile, node: NodeOf<'BinaryExpression'> | NodeOf<'LogicalExpression'>): boolean =>
  [file.parentOf(node), node.left, node.right].some((other) => other?.type === 'LogicalExpression');

/** `a-b` with `--b` or a regular expression next to the new operator keeps its meaning. */
function spaced(file: SourceFile, at: { start: number; end: number }, operator: string): Edit {
  const next = file.text[at.end] ?? '';
  const before = file.text[at.start - 1] ?? '';
  return { ...at, text: `${/[-+*/&|<>]/.test(before) ? ' ' : ''}${operator}${/[-+*/&|<>]/.test(next) ? ' ' : ''}` };
}

/** Operators for which the order of the operands is often wrong; swapping those of a commutative one changes little. */
const SWAP: Readonly<Record<string, number>> = {
  '-': 0.35,
  '/': 0.3,
  '%': 0.3,
  in: 0.7,
  instanceof: 0.5,
  '**': 0.2,
  '&&': 0.06,
  '||': 0.06,
  '??': 0.06,
};

function* swapped(file: SourceFile, node: NodeOf<'BinaryExpression'> | NodeOf<'LogicalExpression'>): Iterable<Change> {
  const texts = node.operator === '+' && kindOf(file, node) !== 'number';
  const weight = texts ? 0.2 : SWAP[node.operator];
  if (weight === undefined || file.textOf(node.left) === file.textOf(node.right)) return;
  const edits = [
    replace(node.left, fitted(file, node.left, ...asPair(file, node.right))),
    replace(node.right, fitted(file, node.right, ...asPair(file, node.left))),
  ];
  yield { summary: `swap the operands of ${brief(file, node)}`, edits, weight };
}

const asPair = (file: SourceFile, node: Node): [string, number] => [operand(file, node, P.unary), P.unary];
