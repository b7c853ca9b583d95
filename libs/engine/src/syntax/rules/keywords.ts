import { distance } from 'fastest-levenshtein';
import { insert, replace } from '../../edits.js';
import type { Draft, Site } from '../site.js';
import { isName, isWord, KEYWORDS, RESERVED, type Token } from '../tokens.js';

/** Words of other languages and what they are in JavaScript. */
const FOREIGN: ReadonlyMap<string, readonly string[]> = new Map([
  ['elif', ['else if']],
  ['elsif', ['else if']],
  ['elseif', ['else if']],
  ['elsIf', ['else if']],
  ['and', ['&&']],
  ['or', ['||']],
  ['not', ['!']],
  ['is', ['===']],
  ['def', ['function']],
  ['func', ['function']],
  ['fun', ['function']],
  ['fn', ['function']],
  ['sub', ['function']],
  ['lambda', ['function', '']],
  ['foreach', ['for']],
  ['except', ['catch']],
  ['rescue', ['catch']],
  ['raise', ['throw']],
  ['pass', [';', '']],
  ['then', ['', '{']],
  ['local', ['let']],
  ['auto', ['let']],
  ['val', ['const']],
  ['final', ['const']],
  ['mut', ['', 'let']],
  ['int', ['let', '']],
  ['float', ['let', '']],
  ['double', ['let', '']],
  ['long', ['let', '']],
  ['char', ['let', '']],
  ['bool', ['let', '']],
  ['boolean', ['let', '']],
  ['string', ['let', '']],
  ['String', ['let', '']],
  ['public', ['']],
  ['private', ['']],
  ['protected', ['']],
  ['begin', ['{']],
  ['end', ['}']],
]);

/** A keyword with a slip of the pen, in another case, torn or glued: `retrun`, `Const`, `elseif`, `functionf`, `func tion`. */
export function* misspeltKeywords({ tokens, near, at }: Site): Generator<Draft> {
  for (const i of near) {
    const token = tokens[i] as Token;
    if (!isWord(token) || tokens[i - 1]?.value === '.') continue;
    const word = token.value;
    const place = Math.abs(i - at) <= 2 ? 1 : 0.9;
    for (const meant of FOREIGN.get(word) ?? [])
      yield draft(token, meant, (meant === '' ? 0.7 : 0.93) * place, `${meant || 'nothing'} instead of ${word}`, 'foreign-keyword');
    if (KEYWORDS.has(word) || word.length > 24) continue;
    for (const keyword of KEYWORDS) {
      if (word.toLowerCase() === keyword) yield draft(token, keyword, 0.96 * place, `${keyword} instead of ${word}`, 'misspelt-keyword');
      else if (isSlip(word, keyword)) yield draft(token, keyword, 0.9 * place, `${keyword} instead of ${word}`, 'misspelt-keyword');
      else if (keyword.length > 2 && word.startsWith(keyword))
        yield draft(token, `${keyword} ${word.slice(keyword.length)}`, 0.8 * place, `a space after ${keyword}`, 'glued-keyword');
    }
    const next = tokens[i + 1];
    if (isWord(next) && KEYWORDS.has(word + next.value))
      yield draft({ start: token.start, end: next.end }, word + next.value, 0.9, `${word + next.value} in one word`, 'torn-keyword');
  }
}

const draft = (token: { start: number; end: number }, text: string, weight: number, summary: string, template: string): Draft => ({
  edits: [replace(token, text)],
  weight,
  summary,
  template,
});

/** Within one edit (two for long words), or the same letters in another order. */
function isSlip(word: string, keyword: string): boolean {
  if (keyword.length < 2 || Math.abs(word.length - keyword.length) > 2) return false;
  const letters = (text: string) => [...text.toLowerCase()].sort().join('');
  if (letters(word) === letters(keyword)) return true;
  return keyword.length > 2 && distance(word.toLowerCase(), keyword) <= (keyword.length >= 5 ? 2 : 1);
}

/** A reserved word as a variable's name: `const class = 1`. It gets an underscore wherever it is that name. */
export function* reservedNames({ tokens, near }: Site): Generator<Draft> {
  for (const i of near) {
    const token = tokens[i] as Token;
    if (!isWord(token) || !RESERVED.has(token.value)) continue;
    const before = tokens[i - 1]?.value ?? '';
    if (!['let', 'const', 'var', 'function', '(', ',', '='].includes(before)) continue;
    const uses = tokens.filter(
      (other, j) => other.value === token.value && isWord(other) && tokens[j - 1]?.value !== '.' && tokens[j + 1]?.value !== ':',
    );
    for (const [renamed, weight] of [
      [uses, 0.8],
      [[token], 0.4],
    ] as const)
      if (renamed.length <= 100)
        yield {
          edits: renamed.map((use) => insert(use.end, '_')),
          weight,
          summary: `${token.value} is reserved: call it ${token.value}_`,
          template: 'reserved-name',
        };
  }
}

/** A keyword that is missing before what follows: `for (x of xs)` without `of`, a function without `function`, a body without `=>`. */
export function* missingKeywords({ tokens, near }: Site): Generator<Draft> {
  for (const i of near) {
    const [token, next] = [tokens[i] as Token, tokens[i + 1]];
    if (token.value === ')' && next?.value === '{')
      yield { edits: [insert(token.end, ' =>')], weight: 0.7, summary: 'add the missing =>', template: 'missing-arrow' };
    if (token.value === 'for' && next?.value === '(') {
      const name = ['let', 'const', 'var'].includes(tokens[i + 2]?.value ?? '') ? tokens[i + 3] : tokens[i + 2];
      if (isName(name))
        for (const [word, weight] of [
          [' of', 0.8],
          [' in', 0.7],
        ] as const)
          yield { edits: [insert(name.end, word)], weight, summary: `add the missing${word}`, template: 'missing-of' };
    }
    if (isName(token) && next?.value === '(' && token.leads)
      for (const word of ['function ', 'async function '])
        yield {
          edits: [insert(token.start, word)],
          weight: word === 'function ' ? 0.75 : 0.4,
          summary: `add the missing ${word.trim()}`,
          template: 'missing-keyword',
        };
    if (token.value === '(' && (token.leads || tokens[i - 1]?.value === 'else' || tokens[i - 1]?.value === '}'))
      for (const [rank, word] of ['if ', 'while ', 'for ', 'switch ', 'return '].entries())
        yield {
          edits: [insert(token.start, word)],
          weight: 0.8 - 0.02 * rank,
          summary: `add the missing ${word.trim()}`,
          template: 'missing-keyword',
        };
    if (token.leads && next?.value === ':')
      yield { edits: [insert(token.start, 'case ')], weight: 0.82, summary: 'add the missing case', template: 'missing-keyword' };
    if (isName(token) && next?.value === '=' && token.leads)
      yield { edits: [insert(token.start, 'let ')], weight: 0.3, summary: 'add the missing let', template: 'missing-keyword' };
    if (token.value === 'const' && isName(next) && [';', ',', undefined].includes(tokens[i + 2]?.value))
      yield draft(token, 'let', 0.95, 'let: a const needs a value', 'const-without-value');
    if (isName(token) && isName(next) && ['=', ';'].includes(tokens[i + 2]?.value ?? '') && (token.leads || tokens[i - 1]?.value === '('))
      yield draft(token, 'let', 0.85, `let instead of the type ${token.value}`, 'foreign-keyword');
  }
}
