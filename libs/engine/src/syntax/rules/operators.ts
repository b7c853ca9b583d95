import { insert, replace } from '../../edits.js';
import type { Draft, Site } from '../site.js';
import { beginsOperand, endsOperand, isName, isWord, type Token } from '../tokens.js';

const OPERATORS = new Set(
  '=> = == === != !== < > <= >= + - * / % ** && || ?? ! ~ & | ^ << >> >>> += -= *= /= %= **= ++ -- &&= ||= ??= ?. . ... , ; : ?'.split(' '),
);

/** What was meant by an operator that does not fit where it stands, likeliest first. */
const MEANT: Readonly<Record<string, readonly string[]>> = {
  '=': ['===', '!==', '==', '<=', '>=', '!=', '<', '>', ':', '+=', '=>', '-='],
  '==': ['=', '===', '=>'],
  '===': ['=', '==', '=>'],
  '!=': ['=', '!==', '+='],
  '=>': ['>=', '===', '=', '>', ':', ',', '!==', '==', '<=', '<'],
  '>=': ['=>', '='],
  '>': ['=>', '>='],
  '<=': ['=', '=>'],
  ':': ['=', ';', ',', '=>', '?'],
  ';': [',', ':', ')', '', '{'],
  ',': [';', ':', '.', '+', ')', '', '=', '&&'],
  '.': [',', ';', '...', '+', ':'],
  '...': ['.', ''],
  '?': ['?.', '??', ':', '||'],
  '?.': ['.', '?'],
  '++': ['+= 1', '+'],
  '--': ['-= 1', '-'],
  '&': ['&&'],
  '|': ['||'],
  '!': ['!==', ''],
  '+=': ['=', '+'],
  '-=': ['=', '-'],
};

/** An operator that cannot stand there for the one that was meant. */
export function* wrongOperators(site: Site): Generator<Draft> {
  const { tokens, near, at } = site;
  for (const i of near) {
    const token = tokens[i] as Token;
    if (token.type !== 'Punctuator') continue;
    const distance = Math.abs(i - at);
    for (const [rank, meant] of (MEANT[token.value] ?? []).entries()) {
      const wide =
        (meant === ',' || meant === ';') && token.spaced && i > 0 ? { start: (tokens[i - 1] as Token).end, end: token.end } : token;
      const same = alike(site, i, meant);
      const weight =
        (0.94 - 0.05 * rank) *
        (distance <= 1 ? 1 : 0.9 - 0.03 * Math.min(distance, 10)) *
        (meant === '' ? 0.8 : 1) *
        (meant === ';' && tokens[i + 1]?.leads === false ? 0.6 : 1);
      const draft = { weight, summary: `${meant || 'nothing'} instead of ${token.value}`, template: 'wrong-operator-token' };
      if (same.length > 1)
        yield {
          ...draft,
          edits: same.map((other) => replace(other, meant)),
          weight: weight * 1.01,
          summary: `${draft.summary}, ${same.length} times`,
        };
      yield { ...draft, edits: [replace(wide, meant)] };
    }
  }
}

/**
 * The places where the same slip parses but does nothing: a comparison as a statement (`x == 1;`, `for (i == 0; …`; eslint's
 * no-unused-expressions). Who wrote `let n == 1` wrote those, too.
 */
function alike({ tokens }: Site, at: number, meant: string): Token[] {
  const token = tokens[at] as Token;
  if (meant !== '=' || (token.value !== '==' && token.value !== '===')) return [];
  const same = tokens.filter((other, i) => {
    if (i === at) return true;
    if (other.value !== token.value || !isName(tokens[i - 1])) return false;
    const before = tokens[i - 2];
    const opensFor = before?.value === '(' && tokens[i - 3]?.value === 'for';
    return opensFor || before?.value === ';' || before?.value === '{' || before?.value === '}'
      ? opensFor || tokens[i - 1]?.leads === true
      : false;
  });
  return same.length <= 20 ? same : [];
}

/** Two operators that are one, or one torn apart: `= >`, `> =`, `=<`, `=!`, `<>`, `:=`, `->`, `====`, `& &`. */
export function* tornOperators({ tokens, near }: Site): Generator<Draft> {
  const meant: Readonly<Record<string, readonly string[]>> = {
    '<>': ['!=='],
    ':=': ['='],
    '->': ['=>', '.'],
    '::': ['.'],
    '====': ['==='],
    '!====': ['!=='],
    '&&&': ['&&'],
    '|||': ['||'],
    '=++': ['+='],
    '..': ['.', '...'],
  };
  for (const i of near) {
    const [left, right] = [tokens[i] as Token, tokens[i + 1]];
    if (left.type !== 'Punctuator' || right?.type !== 'Punctuator') continue;
    const both = left.value + right.value;
    const turned = right.value + left.value;
    const fits = [
      ...(OPERATORS.has(both) && right.spaced ? [both] : []),
      ...(OPERATORS.has(turned) ? [turned] : []),
      ...(meant[both] ?? []),
    ];
    for (const operator of new Set(fits))
      yield {
        edits: [replace({ start: left.start, end: right.end }, operator)],
        weight: right.spaced ? 0.85 : 0.95,
        summary: `${operator} instead of ${both}`,
        template: 'torn-operator',
      };
  }
}

const BETWEEN: readonly (readonly [string, number])[] = [
  [' +', 0.7],
  [',', 0.75],
  [' &&', 0.6],
  [' ||', 0.58],
  [' ===', 0.58],
  [' =', 0.62],
  [' -', 0.55],
  [' *', 0.6],
  ['.', 0.6],
  [' <', 0.5],
  [' >', 0.5],
  [' /', 0.45],
  [' %', 0.45],
  [':', 0.6],
  [' =>', 0.55],
  [' ?', 0.4],
  [';', 0.6],
  [' !==', 0.4],
  [' of', 0.3],
  [' in', 0.28],
];

/** What is missing between two operands that stand side by side. */
export function* missingOperators({ tokens, near, at }: Site): Generator<Draft> {
  for (const i of near) {
    const [left, right] = [tokens[i], tokens[i + 1]];
    if (!left || !right) continue;
    if (!endsOperand(left) || !(beginsOperand(right) || isWord(right))) continue;
    const text = (token: Token) => token.type === 'StringLiteral' || token.type.includes('Template');
    const exact = i + 1 === at ? 1 : 0.85;
    for (const [operator, base] of BETWEEN) {
      let weight = base;
      if (operator === ' +' && (text(left) || text(right))) weight = 0.9;
      if (operator === ',' && right.leads) weight = 0.93;
      if (operator === ';' && right.leads) weight = 0.85;
      if (operator === '.' && left.spaced !== right.spaced) weight = 0.65;
      yield {
        edits: [insert(left.end, operator)],
        weight: weight * exact,
        summary: `add the missing ${operator.trim()} after ${left.value.slice(0, 40)}`,
        template: operator === ',' || operator === ';' || operator === ':' ? 'missing-separator' : 'missing-operator',
      };
    }
  }
}
