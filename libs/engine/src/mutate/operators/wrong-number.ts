import { replace } from '../../edits.js';
import type { Node } from '../../nodes.js';
import type { SourceFile } from '../../source-file.js';
import { docOf, literalsNear, literalsOf, numbersIn } from '../facts/literals.js';
import { isValue, numberOf, outermostFunction } from '../facts/places.js';
import { fitted } from '../facts/precedence.js';
import type { MutationOperator } from '../mutation.js';

/** Letters and digits by their codes, ends of the ranges and the codes next to them, and the size of the alphabet. */
const CODES: readonly number[] = [65, 90, 97, 122, 48, 57, 91, 64, 96, 123, 47, 58, 32, 26];
const COMMON: readonly (readonly [value: number, weight: number])[] = [
  [0, 0.3],
  [1, 0.28],
  [2, 0.25],
  [-1, 0.2],
  [3, 0.06],
  [10, 0.08],
  [100, 0.05],
];

/**
 * Another number: one that the comment, the function or the file names, 0, 1, 2, -1, a power of ten away, the other sign, a
 * letter's code. Its neighbours are off-by-one's. 9 % of one-edit fixes (ManySStuBs4J "change numeral" is 5 to 7 %; SWE-smith's
 * op_change_const; the inverse of PIT's INLINE_CONSTS).
 */
export const wrongNumber: MutationOperator = {
  name: 'wrong-number',
  prior: 0.08,
  *propose(node, { file }) {
    const value = numberOf(node);
    if (value === undefined || !isValue(file, node) || /[xXbBoOn]/.test(file.textOf(node))) return;
    const parent = file.parentOf(node);
    const negative = parent?.type === 'UnaryExpression' && parent.operator === '-';
    const rest = [...candidates(file, node, value)].filter(([other]) => other !== value && Math.abs(other - value) !== 1);
    for (const [other, weight] of rest.sort((a, b) => b[1] - a[1]).slice(0, 14)) {
      if (negative && other <= 0) continue;
      yield {
        summary: `${other} instead of ${value}`,
        edits: [replace(node, fitted(file, node, String(other), other < 0 ? 15 : 17))],
        weight,
      };
    }
    if (negative) {
      yield { summary: `${value} instead of -${value}`, edits: [replace(parent, fitted(file, parent, String(value), 17))], weight: 0.3 };
      if (value !== 0) yield { summary: `0 instead of -${value}`, edits: [replace(parent, fitted(file, parent, '0', 17))], weight: 0.3 };
    }
  },
};

function candidates(file: SourceFile, node: Node, value: number): Map<number, number> {
  const weights = new Map<number, number>();
  const offer = (other: number, weight: number) => {
    if (Number.isFinite(other) && !/e/.test(String(other))) weights.set(other, Math.max(weights.get(other) ?? 0, weight));
  };
  const parent = file.parentOf(node);
  const index = parent?.type === 'MemberExpression';
  const named = numbersIn(docOf(file, node));
  const near = literalsNear(file, node).numbers;
  for (const [other, weight] of COMMON) {
    if (other < 0 && index) continue;
    offer(other, weight * (Math.abs(value) > 20 ? 0.4 : 1));
  }
  for (const other of named) if (!index || other < 6) offer(other, named.length > 12 ? 0.15 : 0.45);
  for (const [other] of near) offer(other, near.size > 12 ? 0.15 : 0.3);
  for (const [other] of [...literalsOf(file).numbers].slice(0, 6)) offer(other, 0.1);
  if (value !== 0) {
    offer(-value, index ? 0.02 : 0.15);
    offer(value * 10, 0.12);
    if (value % 10 === 0) offer(value / 10, 0.12);
    offer(value * 2, 0.05);
    if (value % 2 === 0) offer(value / 2, 0.06);
    offer(value + 2, 0.1);
    offer(value - 2, value > 2 ? 0.1 : 0.03);
  }
  if (value >= 20 && value <= 130) {
    const letters = /harCode|codePoint/.test(file.textOf(outermostFunction(file, node)).slice(0, 4_000));
    for (const code of CODES) offer(code, (letters ? 0.6 : 0.3) / (1 + Math.abs(code - value) / 10));
  }
  return weights;
}
