import { replace } from '../../edits.js';
import type { Node } from '../../nodes.js';
import type { SourceFile } from '../../source-file.js';
import { kindOf } from '../facts/kinds.js';
import { isValue, numberOf } from '../facts/places.js';
import { fitted } from '../facts/precedence.js';
import type { MutationOperator } from '../mutation.js';

type Ranked = readonly (readonly [text: string, weight: number])[];

const FALSE_FOR: Ranked = [['true', 1]];
const NULL_FOR: Ranked = [
  ['undefined', 0.5],
  ['[]', 0.25],
  ['{}', 0.15],
  ["''", 0.2],
  ['0', 0.25],
  ['false', 0.25],
  ['true', 0.1],
];
const UNDEFINED_FOR: Ranked = [
  ['null', 0.6],
  ['0', 0.35],
  ["''", 0.25],
  ['[]', 0.2],
  ['false', 0.25],
  ['true', 0.1],
  ['{}', 0.1],
];
const EMPTY_LIST_FOR: Ranked = [
  ['{}', 0.3],
  ['null', 0.25],
  ["''", 0.2],
  ['undefined', 0.1],
  ['new Set()', 0.03],
  ['0', 0.08],
];
const EMPTY_OBJECT_FOR: Ranked = [
  ['[]', 0.4],
  ['Object.create(null)', 0.2],
  ['null', 0.15],
  ['new Map()', 0.05],
  ['undefined', 0.1],
];

/**
 * Another constant of another kind: `true` for `false`, `null` for `undefined`, `[]` for `{}`, a boolean or an infinity for a number.
 * 5 % of one-edit fixes (ManySStuBs4J "change boolean literal" is 3 %; Stryker's BooleanLiteral, ArrayDeclaration and ObjectLiteral
 * inverted; 5 % of the one-edit faults planted in HumanEvalPack).
 */
export const wrongLiteral: MutationOperator = {
  name: 'wrong-literal',
  prior: 0.08,
  *propose(node, { file }) {
    if (!isValue(file, node)) return;
    for (const [text, weight] of replacements(file, node)) {
      const precedence = text === '{}' ? 20 : /^(?:-|!)/.test(text) ? 15 : 18;
      yield { summary: `${text} instead of ${file.textOf(node)}`, edits: [replace(node, fitted(file, node, text, precedence))], weight };
    }
  },
};

function replacements(file: SourceFile, node: Node): Ranked {
  if (node.type === 'Literal') {
    if (node.value === true) return [['false', 1]];
    if (node.value === false) return FALSE_FOR;
    if (node.value === null && !('regex' in node) && !('bigint' in node)) return NULL_FOR;
    if (node.value === '')
      return [
        ['0', 0.08],
        ['[]', 0.15],
        ['null', 0.2],
        ['undefined', 0.1],
      ];
    return numberOf(node) === undefined ? [] : forNumber(file, node, numberOf(node) ?? 0);
  }
  if (node.type === 'Identifier') {
    if (node.name === 'undefined') return UNDEFINED_FOR;
    if (node.name === 'Infinity')
      return [
        ['-Infinity', 0.9],
        ['0', 0.2],
      ];
    return [];
  }
  if (node.type === 'UnaryExpression' && node.operator === '-' && file.textOf(node.argument) === 'Infinity')
    return [
      ['Infinity', 0.9],
      ['0', 0.2],
    ];
  if (node.type === 'ArrayExpression' && node.elements.length === 0) return EMPTY_LIST_FOR;
  if (node.type === 'ObjectExpression' && node.properties.length === 0) return EMPTY_OBJECT_FOR;
  return [];
}

/** A number that is where a search starts, is returned, or starts a sum. */
function forNumber(file: SourceFile, node: Node, value: number): Ranked {
  const parent = file.parentOf(node);
  const start = parent?.type === 'VariableDeclarator' || parent?.type === 'AssignmentExpression' || parent?.type === 'ReturnStatement';
  if (value > 1) return [];
  if (parent?.type === 'CallExpression' && kindOf(file, parent) === undefined)
    return [
      ["''", 0.1],
      ['[]', 0.1],
      ['null', 0.04],
    ];
  if (!start) return [];
  return [
    ["''", 0.12],
    ['[]', 0.1],
    ['null', 0.2],
    ['-Infinity', 0.16],
    ['Infinity', 0.16],
    ['true', value === 1 ? 0.06 : 0.02],
    ['false', value === 0 ? 0.06 : 0.02],
  ];
}
