import { calleeName, insert, type Node, replace, type SourceFile } from '@selfheal/engine';
import { operatorAt } from './boundary.js';
import type { Mutation } from './mutation.js';

/** The operators that one is taken for, likeliest first (the classes of Offutt's AOR, ROR and LCR mutation operators). */
const TAKEN_FOR: Readonly<Record<string, readonly string[]>> = {
  '+': ['-', '*'],
  '-': ['+', '*'],
  '*': ['/', '+'],
  '/': ['*', '-'],
  '%': ['/', '*'],
  '<': ['>', '>='],
  '<=': ['>=', '>'],
  '>': ['<', '<='],
  '>=': ['<=', '<'],
  '===': ['!=='],
  '!==': ['==='],
  '==': ['!='],
  '!=': ['=='],
  '&&': ['||'],
  '||': ['&&', '??'],
  '??': ['||'],
  '+=': ['-='],
  '-=': ['+='],
  '*=': ['/='],
  '/=': ['*='],
};
const SWAPPED: Readonly<Record<string, string>> = {
  min: 'max',
  max: 'min',
  some: 'every',
  every: 'some',
  startsWith: 'endsWith',
  endsWith: 'startsWith',
};

/** Another operator in arithmetic, comparison, logic and compound assignment. */
export function operatorMutations(file: SourceFile, node: Node): Mutation[] {
  const make = (name: string, edits: Mutation['edits'], summary: string, prior: number): Mutation => ({
    kind: 'operator',
    name,
    node,
    edits,
    summary,
    prior,
  });
  switch (node.type) {
    case 'BinaryExpression':
    case 'LogicalExpression':
    case 'AssignmentExpression': {
      const text = isText(node);
      return (text ? [] : (TAKEN_FOR[node.operator] ?? [])).map((other, i) =>
        make(
          'operator',
          [replace(operatorAt(file, node), other)],
          `${other} instead of ${node.operator} in ${file.textOf(node).slice(0, 120)}`,
          0.8 - 0.25 * i,
        ),
      );
    }
    case 'CallExpression': {
      const name = calleeName(node) ?? '';
      const other = SWAPPED[name];
      const property = node.callee.type === 'MemberExpression' ? node.callee.property : undefined;
      return other && property ? [make('method', [replace(property, other)], `${other} instead of ${name}`, 0.6)] : [];
    }
    case 'UnaryExpression':
      if (node.operator === '!')
        return [make('drop-not', [replace({ start: node.start, end: node.argument.start }, '')], 'without the negation', 0.6)];
      return node.operator === '-' && node.argument.type !== 'Literal'
        ? [make('drop-minus', [replace({ start: node.start, end: node.argument.start }, '')], 'without the minus', 0.55)]
        : [];
    case 'IfStatement':
    case 'ConditionalExpression': {
      const { test } = node;
      if (test.type !== 'Identifier' && test.type !== 'CallExpression' && test.type !== 'MemberExpression') return [];
      return [make('negate', [insert(test.start, '!')], `if not ${file.textOf(test).slice(0, 80)}`, 0.45)];
    }
    default:
      return [];
  }
}

/** Joining text: other arithmetic would never be meant. */
const isText = (node: Node): boolean =>
  node.type === 'BinaryExpression' &&
  node.operator === '+' &&
  [node.left, node.right].some((side) => side.type === 'TemplateLiteral' || (side.type === 'Literal' && typeof side.value === 'string'));
