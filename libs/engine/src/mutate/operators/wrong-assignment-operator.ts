import { brief } from '../facts/brief.js';
import { operatorAt } from '../facts/precedence.js';
import type { MutationOperator } from '../mutation.js';

const ASSIGNMENT: Readonly<Record<string, readonly (readonly [operator: string, weight: number])[]>> = {
  '+=': [
    ['-=', 0.9],
    ['=', 0.6],
    ['*=', 0.4],
    ['/=', 0.05],
  ],
  '-=': [
    ['+=', 0.9],
    ['=', 0.5],
    ['/=', 0.1],
    ['*=', 0.05],
  ],
  '*=': [
    ['+=', 0.5],
    ['/=', 0.6],
    ['=', 0.3],
    ['-=', 0.1],
  ],
  '/=': [
    ['*=', 0.6],
    ['-=', 0.2],
    ['%=', 0.3],
    ['=', 0.2],
  ],
  '%=': [
    ['/=', 0.5],
    ['=', 0.2],
    ['-=', 0.1],
  ],
  '=': [
    ['+=', 0.3],
    ['-=', 0.1],
    ['*=', 0.06],
    ['||=', 0.04],
  ],
  '|=': [
    ['&=', 0.6],
    ['^=', 0.4],
    ['||=', 0.3],
  ],
  '&=': [
    ['|=', 0.6],
    ['^=', 0.3],
    ['&&=', 0.3],
  ],
  '^=': [
    ['|=', 0.5],
    ['&=', 0.5],
  ],
  '<<=': [
    ['>>=', 0.8],
    ['>>>=', 0.4],
  ],
  '>>=': [
    ['<<=', 0.8],
    ['>>>=', 0.4],
  ],
  '>>>=': [
    ['>>=', 0.7],
    ['<<=', 0.4],
  ],
  '||=': [
    ['??=', 0.5],
    ['&&=', 0.3],
    ['=', 0.3],
  ],
  '&&=': [
    ['||=', 0.5],
    ['=', 0.3],
  ],
  '??=': [
    ['||=', 0.4],
    ['=', 0.3],
  ],
};

/**
 * Another assignment operator, `++` for `--`, and before for after. 5 % of one-edit fixes (SWE-smith's aug_assign_swap;
 * Stryker's AssignmentOperator and UpdateOperator inverted; PIT's INCREMENTS).
 */
export const wrongAssignmentOperator: MutationOperator = {
  name: 'wrong-assignment-operator',
  prior: 0.1,
  *propose(node, { file }) {
    if (node.type === 'AssignmentExpression') {
      const at = operatorAt(file, node);
      const plain = node.left.type === 'ObjectPattern' || node.left.type === 'ArrayPattern';
      for (const [operator, weight] of (at && !plain && ASSIGNMENT[node.operator]) || []) {
        if (at)
          yield {
            summary: `use ${operator} instead of ${node.operator} in ${brief(file, node)}`,
            edits: [{ ...at, text: operator }],
            weight,
          };
      }
    } else if (node.type === 'UpdateExpression') {
      const other = node.operator === '++' ? '--' : '++';
      const at = node.prefix ? node.start : node.end - 2;
      const target = file.textOf(node.argument);
      yield {
        summary: `use ${other} instead of ${node.operator} in ${brief(file, node)}`,
        edits: [{ start: at, end: at + 2, text: other }],
        weight: 1,
      };
      const parent = file.parentOf(node)?.type;
      if (parent === 'ExpressionStatement' || parent === 'ForStatement') {
        yield {
          summary: `step by two in ${brief(file, node)}`,
          edits: [{ ...span(node), text: `${target} ${node.operator[0]}= 2` }],
          weight: 0.15,
        };
      } else {
        const text = node.prefix ? `${target}${node.operator}` : `${node.operator}${target}`;
        if (!/[-+]/.test(file.text[node.start - 1] ?? '')) {
          yield {
            summary: `${node.prefix ? 'read before' : 'read after'} the step in ${brief(file, node)}`,
            edits: [{ ...span(node), text }],
            weight: 0.6,
          };
        }
        yield { summary: `read ${target} without changing it`, edits: [{ ...span(node), text: target }], weight: 0.15 };
      }
    } else if (node.type === 'UnaryExpression' && (node.operator === '-' || node.operator === '~' || node.operator === '+')) {
      for (const other of node.operator === '-' ? ['~', '!'] : ['-', '!']) {
        if (other === '-' && file.text[node.start - 1] === '-') continue;
        yield {
          summary: `use ${other} instead of ${node.operator}`,
          edits: [{ start: node.start, end: node.start + 1, text: other }],
          weight: 0.1,
        };
      }
    }
  },
};

const span = ({ start, end }: { start: number; end: number }) => ({ start, end });
