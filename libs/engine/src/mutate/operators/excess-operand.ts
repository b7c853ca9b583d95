import { replace } from '../../edits.js';
import type { Node } from '../../nodes.js';
import type { SourceFile } from '../../source-file.js';
import { brief } from '../facts/brief.js';
import { compatible, kindOf } from '../facts/kinds.js';
import { numberOf } from '../facts/places.js';
import { fitted, operatorAt, precedenceOf } from '../facts/precedence.js';
import type { Change, MutationOperator } from '../mutation.js';

/**
 * An operand too many: `a && b` is `a`, `a + b + c` is `a + c`, `x *= x * y` is `x *= y`; also one that binds tighter than its
 * neighbour (`n + s % 4` is `n % 4`), and a needless `-` or `!`. 9 % of one-edit fixes (ManySStuBs4J "less specific if" 3 %; SPR's and
 * Prophet's condition relaxation; 9 % of the one-edit faults planted in HumanEvalPack).
 */
export const excessOperand: MutationOperator = {
  name: 'excess-operand',
  prior: 0.14,
  *propose(node, { file }) {
    if (node.type === 'BinaryExpression' || node.type === 'LogicalExpression') yield* halves(file, node);
    if (node.type === 'UnaryExpression' && (node.operator === '-' || node.operator === '!' || node.operator === '+')) {
      const logical = node.operator === '!';
      yield {
        summary: `drop the ${node.operator} of ${brief(file, node)}`,
        edits: [replace(node, fitted(file, node, file.textOf(node.argument), precedenceOf(node.argument)))],
        weight: logical ? 0.5 : node.operator === '-' && numberOf(node.argument) === undefined ? 0.4 : 0.1,
      };
    }
  },
};

type Pair = Extract<Node, { type: 'BinaryExpression' | 'LogicalExpression' }>;

function* halves(file: SourceFile, node: Pair): Iterable<Change> {
  const logical = node.type === 'LogicalExpression';
  const comparison = /^(?:[=!<>]=?=?|in|instanceof)$/.test(node.operator);
  const kind = kindOf(file, node);
  const chained = [node.left, file.parentOf(node)].some((other) => other?.type === node.type && (other as Pair).operator === node.operator);
  for (const side of ['right', 'left'] as const) {
    // What is dropped is this side; the other stays.
    const keep = side === 'right' ? node.left : node.right;
    const drop = node[side];
    if (comparison && kindOf(file, keep) !== 'boolean' && keep.type === 'Literal') continue;
    // x + 1 without its 1 is off-by-one's.
    if (numberOf(drop) === 1 && (node.operator === '+' || (node.operator === '-' && side === 'right'))) continue;
    if (side === 'left' && (node.operator === '-' || node.operator === '/') && numberOf(keep) !== undefined) continue;
    const repeated = logical && file.text.slice(Math.max(0, node.start - 1_000), node.start).includes(file.textOf(drop)) ? 1.1 : 1;
    const fits = comparison ? 0.12 : 0.4 + 0.6 * compatible(kind, kindOf(file, keep));
    const base = logical ? (node.operator === '??' ? 0.3 : chained ? 0.8 : 0.6) : keep.type === 'Literal' ? 0.15 : chained ? 0.75 : 0.6;
    yield {
      summary: `drop ${brief(file, drop, 40)} from ${brief(file, node)}`,
      edits: [replace(node, fitted(file, node, file.textOf(keep), precedenceOf(keep)))],
      weight: Math.min(1, base * fits * repeated * (side === 'left' ? 0.85 : 1)),
    };
  }
  yield* across(file, node);
}

/** The inner operand of two operators of unlike precedence: `a + b * c` is `a * c`. */
function* across(file: SourceFile, node: Pair): Iterable<Change> {
  const { right, left } = node;
  if (
    right.type === 'BinaryExpression' &&
    file.text.slice(node.left.end, right.start).trim() === node.operator &&
    !/[()]/.test(file.text.slice(right.left.end, right.right.start))
  ) {
    const at = operatorAt(file, right);
    if (at)
      yield {
        summary: `drop ${brief(file, right.left, 40)} from ${brief(file, node)}`,
        edits: [{ start: left.end, end: at.start, text: ' ' }],
        weight: 0.3,
      };
  }
  if (
    left.type === 'BinaryExpression' &&
    !/[()]/.test(file.text.slice(left.left.end, left.right.start) + file.text.slice(left.end, right.start)) &&
    left.operator !== node.operator
  ) {
    const at = operatorAt(file, node);
    const inner = operatorAt(file, left);
    if (at && inner && left.end === left.right.end)
      yield {
        summary: `drop ${brief(file, left.right, 40)} from ${brief(file, node)}`,
        edits: [{ start: inner.start, end: at.start, text: '' }],
        weight: 0.3,
      };
  }
}
