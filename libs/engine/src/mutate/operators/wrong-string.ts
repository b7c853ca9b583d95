import { distance } from 'fastest-levenshtein';
import { replace } from '../../edits.js';
import type { Node } from '../../nodes.js';
import type { SourceFile } from '../../source-file.js';
import { docOf, literalsNear, literalsOf, stringsIn } from '../facts/literals.js';
import { isString, isValue } from '../facts/places.js';
import { quoted } from '../facts/quotes.js';
import type { MutationOperator } from '../mutation.js';

/** Characters that are mistaken for each other: brackets, separators, quotes, ends of lines. */
const CLASSES = ['()[]{}<>', ' ,;:.-_/|', '\n\r\t ', 'aeiouy', 'AEIOUY', '+-*/%', '01', '\'"`'];
const MAX_LENGTH = 400;

/**
 * Another string: one of the comment's or of the file's, the same with another case or blank, a mistyped word as a comment or another
 * literal spells it, the empty string. 5 % of one-edit fixes (ManySStuBs4J has no pattern of its own for it; Stryker's
 * StringLiteral inverted; 6 % of the one-edit faults planted in HumanEvalPack).
 */
export const wrongString: MutationOperator = {
  name: 'wrong-string',
  prior: 0.1,
  *propose(node, { file }) {
    if (!isString(node) || node.value.length > MAX_LENGTH || !isValue(file, node)) return;
    const quote = file.text[node.start] ?? "'";
    const ranked = [...candidates(file, node, node.value)].filter(([other]) => other !== node.value).sort((a, b) => b[1] - a[1]);
    for (const [other, weight] of ranked.slice(0, 16)) {
      yield {
        summary: `${JSON.stringify(other).slice(0, 80)} instead of ${JSON.stringify(node.value).slice(0, 80)}`,
        edits: [replace(node, quoted(other, quote))],
        weight,
      };
    }
  },
};

function candidates(file: SourceFile, node: Node, value: string): Map<string, number> {
  const weights = new Map<string, number>();
  const offer = (other: string, weight: number) => void weights.set(other, Math.max(weights.get(other) ?? 0, weight));
  const parent = file.parentOf(node);
  const compared = parent?.type === 'BinaryExpression' && /^[=!]/.test(parent.operator);
  const doc = docOf(file, node);
  const alike = (other: string): number => {
    const longest = Math.max(other.length, value.length, 1);
    return 1 - distance(other.slice(0, 60), value.slice(0, 60)) / Math.min(longest, 60);
  };
  const near = literalsNear(file, node).strings;
  for (const [other] of near) {
    const single = other.length === value.length && value.length === 1;
    const contains = value !== '' && other !== value && (other.includes(value) || value.includes(other));
    offer(other, Math.max(alike(other) * 0.6, single ? 0.35 : contains ? 0.4 : near.size > 10 ? 0.06 : 0.18));
  }
  for (const [other] of [...literalsOf(file).strings].slice(0, 60))
    if (value.length > 2 && alike(other) > 0.6) offer(other, 0.6 * alike(other));
  for (const other of stringsIn(doc)) {
    const same = other.length === value.length;
    offer(other, Math.max(alike(other) * 0.8, other.length <= 1 ? 0.3 : same ? 0.25 : 0.12));
  }
  if (value.length > 3) for (const word of new Set(doc.match(/[A-Za-z]{4,}/g))) if (alike(word) >= 0.7) offer(word, 0.9 * alike(word));
  if (value.length === 1) {
    for (const set of CLASSES) if (set.includes(value)) for (const other of set) offer(other, doc.includes(other) ? 0.4 : 0.1);
    for (const other of new Set(doc.match(/[^\w\s]/g))) offer(other, 0.12);
  }
  offer('', value.trim() === '' ? 0.9 : value.length <= 2 ? 0.3 : 0.06);
  if (value === '')
    for (const [other, weight] of [
      [' ', 0.7],
      [',', 0.3],
      [', ', 0.2],
      ['\n', 0.2],
      ['0', 0.15],
      ['-', 0.1],
      ['.', 0.1],
    ] as const)
      offer(other, weight);
  else spacing(value, compared, offer);
  if (value.toLowerCase() !== value) offer(value.toLowerCase(), 0.4);
  if (value.toUpperCase() !== value) offer(value.toUpperCase(), 0.25);
  const capital = value.slice(0, 1).toUpperCase() + value.slice(1);
  if (value.length > 1) offer(capital, 0.4);
  return weights;
}

function spacing(value: string, compared: boolean, offer: (other: string, weight: number) => void): void {
  if (value.length > 1 && value !== value.trim()) offer(value.trim(), 0.4);
  if (!compared && value !== ' ') {
    offer(`${value} `, /[,:;.!?\w]$/.test(value) ? 0.2 : 0.08);
    offer(` ${value}`, 0.1);
  }
}
