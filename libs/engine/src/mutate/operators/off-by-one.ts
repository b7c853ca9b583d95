import { replace } from '../../edits.js';
import { memberName, type Node } from '../../nodes.js';
import type { SourceFile } from '../../source-file.js';
import { brief } from '../facts/brief.js';
import { kindOf } from '../facts/kinds.js';
import { isValue, numberOf } from '../facts/places.js';
import { fitted, operand, operatorAt, precedenceOf, precedenceOfOperator } from '../facts/precedence.js';
import type { Change, MutationOperator } from '../mutation.js';

const BOUNDARY: Readonly<Record<string, string>> = { '<': '<=', '<=': '<', '>': '>=', '>=': '>' };

/**
 * A bound, an index or a count that is one too many or one too few: `<` for `<=`, a literal ± 1, an expression ± 1, a dropped `- 1`.
 * 16 % of one-edit fixes here: ManySStuBs4J's "change numeral" and "change operator" (Karampatsis & Sutton 2020), PIT's
 * CONDITIONALS_BOUNDARY, SWE-smith's op_change_const, and 17 % of the one-edit faults planted in HumanEvalPack.
 */
export const offByOne: MutationOperator = {
  name: 'off-by-one',
  prior: 0.16,
  *propose(node, { file }) {
    if (node.type === 'BinaryExpression') {
      yield* boundary(file, node);
      yield* withoutOne(file, node);
    }
    const value = numberOf(node);
    if (value !== undefined && isValue(file, node)) yield* literal(file, node, value);
    else yield* shifted(file, node);
  },
};

function* boundary(file: SourceFile, node: Node): Iterable<Change> {
  if (node.type !== 'BinaryExpression') return;
  const other = BOUNDARY[node.operator];
  const at = other === undefined ? undefined : operatorAt(file, node);
  if (other && at)
    yield { summary: `use ${other} instead of ${node.operator} in ${brief(file, node)}`, edits: [{ ...at, text: other }], weight: 1 };
}

/** `x - 1` is `x`. */
function* withoutOne(file: SourceFile, node: Node): Iterable<Change> {
  if (node.type !== 'BinaryExpression' || (node.operator !== '+' && node.operator !== '-')) return;
  const keep = numberOf(node.right) === 1 ? node.left : node.operator === '+' && numberOf(node.left) === 1 ? node.right : undefined;
  if (keep)
    yield {
      summary: `drop the 1 of ${brief(file, node)}`,
      edits: [replace(node, fitted(file, node, file.textOf(keep), precedenceOf(keep)))],
      weight: 0.7,
    };
}

function* literal(file: SourceFile, node: Node, value: number): Iterable<Change> {
  if (!Number.isInteger(value) || Math.abs(value) > 2 ** 40 || /[xXbBoOeEn_]/.test(file.textOf(node))) return;
  const parent = file.parentOf(node);
  const sum = parent?.type === 'BinaryExpression' && (parent.operator === '+' || parent.operator === '-');
  const modulus = parent?.type === 'BinaryExpression' && /[%]/.test(parent.operator) && parent.right === node;
  const signed = parent?.type === 'UnaryExpression' && parent.operator === '-';
  for (const next of [value + 1, value - 1]) {
    // `x + 1` without its 1 is `x`: withoutOne proposes that.
    if (next === 0 && (sum || signed)) continue;
    if (next === 0 && modulus) continue;
    const text = String(next);
    const down = next < value;
    const base = value === 0 ? (down ? 0.25 : 0.8) : value === 1 ? (down ? 0.9 : 0.7) : down ? 0.75 : 0.7;
    const weight = base * (value > 12 ? 0.4 : 1) * (modulus ? 0.5 : 1);
    yield { summary: `${text} instead of ${value}`, edits: [replace(node, fitted(file, node, text, next < 0 ? 15 : 17))], weight };
  }
}

/** How likely an expression without a ± 1 lacks one: where it bounds a loop, indexes, slices or is compared. */
function shiftWeight(file: SourceFile, node: Node): number {
  const parent = file.parentOf(node);
  switch (parent?.type) {
    case 'MemberExpression':
      return parent.property === node ? 0.35 : 0;
    case 'BinaryExpression':
      if (/^[<>]=?$/.test(parent.operator)) return parent.right === node ? 0.35 : 0.12;
      if (/^[=!]==?$/.test(parent.operator)) return 0.12;
      if (/^[*/%]$/.test(parent.operator)) return 0.14;
      return 0.1;
    case 'CallExpression': {
      const name = parent.callee.type === 'MemberExpression' ? memberName(parent.callee) : undefined;
      return /^(?:slice|substr|substring|splice|at|charAt|charCodeAt|repeat|fill)$/.test(name ?? '') ? 0.35 : 0.12;
    }
    case 'UnaryExpression':
      return 0.08;
    case 'VariableDeclarator':
    case 'AssignmentExpression':
      return 0.16;
    case 'ReturnStatement':
    case 'ArrowFunctionExpression':
    case 'ConditionalExpression':
      return 0.12;
    case 'NewExpression':
      return 0.15;
    default:
      return 0.04;
  }
}

/** `x` is `x + 1` or `x - 1`. */
function* shifted(file: SourceFile, node: Node): Iterable<Change> {
  if (
    !['Identifier', 'MemberExpression', 'CallExpression', 'BinaryExpression', 'UnaryExpression'].includes(node.type) ||
    !isValue(file, node)
  )
    return;
  const kind = kindOf(file, node);
  const parent = file.parentOf(node);
  const index = parent?.type === 'MemberExpression' && parent.computed;
  if (kind !== 'number' && (kind !== undefined || !(index || node.type === 'Identifier'))) return;
  const own = node.type === 'BinaryExpression' && (node.operator === '+' || node.operator === '-');
  // Only the whole of a sum is shifted, and a sum that already has its 1 is changed there.
  if (parent?.type === 'BinaryExpression' && (parent.operator === '+' || parent.operator === '-')) return;
  if (own && (numberOf(node.right) === 1 || numberOf(node.left) === 1)) return;
  const weight = shiftWeight(file, node) * (kind === 'number' || index ? 1 : 0.3);
  if (weight === 0) return;
  const text = operand(file, node, precedenceOfOperator('+'));
  for (const sign of ['+', '-']) {
    yield {
      summary: `${sign === '+' ? 'add 1 to' : 'subtract 1 from'} ${brief(file, node)}`,
      edits: [replace(node, fitted(file, node, `${text} ${sign} 1`, precedenceOfOperator('+')))],
      weight: sign === '+' ? weight : weight * 0.8,
    };
  }
}
