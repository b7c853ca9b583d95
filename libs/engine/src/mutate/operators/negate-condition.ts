import { replace } from '../../edits.js';
import type { Node } from '../../nodes.js';
import type { Change, MutationContext, MutationOperator } from '../mutation.js';
import { brief } from '../statements.js';

const OPPOSITE: Readonly<Record<string, string>> = {
  '===': '!==',
  '!==': '===',
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
};

/**
 * The opposite of the condition of an `if`, a loop or a ternary, or of a returned comparison: "if (q[i] == q[j]) return false"
 * should be `!=` (HumanEvalFix JavaScript/72). Comparisons are turned round, `!x` loses its mark, the rest gains one.
 * Prior: "condition changed" is the most frequent category of the BugsJS taxonomy of 453 real bugs (Gyimesi et al., ICST 2019).
 */
export const negateCondition: MutationOperator = {
  name: 'negate-condition',
  prior: 0.06,
  *propose(node, { file }: MutationContext): Iterable<Change> {
    const condition = conditionOf(node);
    if (!condition) return;
    const text = file.textOf(condition);
    const summary = (to: string) => `negate the condition ${brief(text)}: ${brief(to)}`;
    if (condition.type === 'UnaryExpression' && condition.operator === '!') {
      const to = file.textOf(condition.argument);
      yield { summary: summary(to), edits: [replace(condition, to)], weight: 1 };
      return;
    }
    const opposite = condition.type === 'BinaryExpression' ? OPPOSITE[condition.operator] : undefined;
    if (condition.type === 'BinaryExpression' && opposite) {
      const between = file.text.slice(condition.left.end, condition.right.start);
      const to =
        file.text.slice(condition.start, condition.left.end) +
        between.replace(condition.operator, opposite) +
        file.text.slice(condition.right.start, condition.end);
      yield { summary: summary(to), edits: [replace(condition, to)], weight: 1 };
      return;
    }
    const bare = condition.type === 'Identifier' || condition.type === 'MemberExpression' || condition.type === 'CallExpression';
    const to = bare ? `!${text}` : `!(${text})`;
    yield { summary: summary(to), edits: [replace(condition, to)], weight: node.type === 'ReturnStatement' ? 0.4 : 0.8 };
  },
};

function conditionOf(node: Node): Node | undefined {
  switch (node.type) {
    case 'IfStatement':
    case 'ConditionalExpression':
    case 'WhileStatement':
    case 'DoWhileStatement':
      return node.test;
    case 'ForStatement':
      return node.test ?? undefined;
    case 'ReturnStatement':
      return node.argument && isBoolean(node.argument) ? node.argument : undefined;
    case 'ArrowFunctionExpression':
      return node.expression && isBoolean(node.body) ? node.body : undefined;
    default:
      return undefined;
  }
}

const isBoolean = (node: Node): boolean =>
  (node.type === 'BinaryExpression' && (node.operator in OPPOSITE || node.operator === 'in' || node.operator === 'instanceof')) ||
  (node.type === 'UnaryExpression' && node.operator === '!') ||
  node.type === 'LogicalExpression' ||
  node.type === 'CallExpression';
