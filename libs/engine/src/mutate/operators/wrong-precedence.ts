import { type Edit, insert, replace } from '../../edits.js';
import type { Node } from '../../nodes.js';
import type { SourceFile } from '../../source-file.js';
import { brief } from '../facts/brief.js';
import { kindOf } from '../facts/kinds.js';
import { operatorAt, precedenceOfOperator } from '../facts/precedence.js';
import type { Change, MutationOperator } from '../mutation.js';

type Pair = Extract<Node, { type: 'BinaryExpression' | 'LogicalExpression' }>;

const isPair = (node: Node): node is Pair => node.type === 'BinaryExpression' || node.type === 'LogicalExpression';

/**
 * Parentheses that are missing, superfluous or around the wrong operands: `a + b * c` for `(a + b) * c`, `!a in b` for `!(a in b)`.
 * 2 % of one-edit fixes (TSSB-3M's and PySStuBs' "add method call"-sized rest; eslint's no-unsafe-negation and no-mixed-operators name
 * the same slips; SWE-smith's op_break_chains).
 */
export const wrongPrecedence: MutationOperator = {
  name: 'wrong-precedence',
  prior: 0.04,
  *propose(node, { file }) {
    if (node.type === 'UnaryExpression' && isPair(file.parentOf(node) ?? node)) yield* unary(file, node);
    if (!isPair(node)) return;
    yield* grouped(file, node);
    yield* ungrouped(file, node);
  },
};

/** `!a in b` → `!(a in b)`, `typeof a + b` → `typeof (a + b)`. */
function* unary(file: SourceFile, node: Extract<Node, { type: 'UnaryExpression' }>): Iterable<Change> {
  const parent = file.parentOf(node);
  if (!parent || !isPair(parent) || parent.left !== node || parent.start !== node.start || parent.operator === '**') return;
  if (/[()]/.test(file.text.slice(node.end, parent.right.start))) return;
  const certain = node.operator === '!' && /^(?:in|instanceof|[=!]==?|[<>]=?)$/.test(parent.operator);
  const weight = certain ? 1 : node.operator === '!' ? 0.5 : node.operator === '-' ? 0.2 : 0;
  if (weight === 0 || file.text[node.argument.start - 1] === '(') return;
  const edits = [insert(node.argument.start, '('), insert(parent.end, ')')];
  yield { summary: `${node.operator} of the whole of ${brief(file, { start: node.argument.start, end: parent.end })}`, edits, weight };
}

/** Two operators of unlike precedence: the looser one first. */
function* grouped(file: SourceFile, node: Pair): Iterable<Change> {
  const { left, right } = node;
  const texts = (a: Node) => kindOf(file, a) === 'string';
  // a * b + c → a * (b + c): the left pair is taken apart.
  if (
    isPair(left) &&
    left.end === left.right.end &&
    bare(file, left, node) &&
    differs(left, node) &&
    !texts(node) &&
    precedenceOfOperator(left.operator) >= precedenceOfOperator(node.operator)
  ) {
    yield change(
      file,
      [insert(left.right.start, '('), insert(right.end, ')')],
      { start: left.right.start, end: right.end },
      node.end === right.end,
    );
  }
  // a + b * c → (a + b) * c
  if (isPair(right) && right.start === right.left.start && bare(file, node, right) && differs(node, right) && !texts(node)) {
    yield change(
      file,
      [insert(left.start, '('), insert(right.left.end, ')')],
      { start: left.start, end: right.left.end },
      node.start === left.start,
    );
  }
}

const change = (file: SourceFile, edits: Edit[], inner: { start: number; end: number }, clean: boolean): Change => ({
  summary: `(${brief(file, inner)}) first`,
  edits,
  weight: clean ? 0.7 : 0.4,
});

const differs = (a: Pair, b: Pair): boolean => a.operator !== b.operator || a.operator === '-' || a.operator === '/' || a.operator === '%';

/** No parentheses and no comments between the operands. */
const bare = (file: SourceFile, a: Pair, b: Pair): boolean =>
  [a, b].every((pair) => {
    const at = operatorAt(file, pair);
    return at !== undefined && file.text.slice(pair.left.end, pair.right.start).trim() === pair.operator;
  });

/** `(a + b) * c` → `a + b * c`: one pair of parentheses too many. */
function* ungrouped(file: SourceFile, node: Pair): Iterable<Change> {
  for (const side of [node.left, node.right]) {
    if (!isPair(side) || file.text[side.start - 1] !== '(' || file.text[side.end] !== ')') continue;
    if (precedenceOfOperator(side.operator) > precedenceOfOperator(node.operator)) continue;
    if (side.operator === node.operator && side === node.left) continue;
    if ([side.operator, node.operator].includes('??') || [side.operator, node.operator].includes('**')) continue;
    const start = side.start - 1;
    if (start < node.start || side.end + 1 > node.end) continue;
    yield {
      summary: `${brief(file, side)} without parentheses`,
      edits: [replace({ start, end: side.end + 1 }, file.textOf(side))],
      weight: 0.35,
    };
  }
}
