/** What a near copy of a function says differently, as edits of the function. */
import { diffArrays } from 'diff';
import { type Edit, insert, replace } from '../edits.js';
import type { FunctionRef } from '../functions.js';
import type { SourceFile } from '../source-file.js';
import { isGlobal, visibleAt } from './scope.js';
import { indentOf } from './statements.js';
import { isWord, type Token } from './tokens.js';
import { plain, tokensIn } from './twins.js';

/** One difference: a run of tokens here, maybe none, and what the twin has there. */
export interface Hunk {
  readonly edit: Edit;
  readonly removed: readonly Token[];
  readonly added: readonly Token[];
}

export interface Comparison {
  readonly hunks: readonly Hunk[];
  /** The twin's whole body in place of ours, where that can be said. */
  readonly body?: Edit | undefined;
}

/**
 * Aligns a function with a twin, token by token up to consistent renaming (`doUntil$1`, other variable names), and says what
 * the twin has differently. Hunks of style only and those with names that mean nothing here are left out.
 */
export function compare(own: FunctionRef, other: FunctionRef): Comparison {
  const ours = tokensIn(own);
  const names = new Set([...visibleAt(own.file, own.node).keys(), ...ours.map(({ text }) => text)]);
  const theirs = tokensIn(other).map((token) => ({ ...token, text: isWord(token.text) ? localName(token.text, names) : token.text }));
  const renames = renamesBetween(ours, theirs, names);
  return { hunks: hunksBetween(own, other, ours, theirs, renames, names), body: bodyOf(own, other, theirs, renames, names) };
}

/** The twin's whole body in place of ours; nothing when it uses names that mean nothing here. */
function bodyOf(
  own: FunctionRef,
  other: FunctionRef,
  theirs: readonly Token[],
  renames: ReadonlyMap<string, string>,
  names: ReadonlySet<string>,
): Edit | undefined {
  const [mine, its] = [own.node.body, other.node.body];
  if (mine?.type !== 'BlockStatement' || its?.type !== 'BlockStatement') return undefined;
  const from = theirs.findIndex(({ start }) => start >= its.start);
  const texts = theirs.map(({ text }) => renames.get(text) ?? text);
  if (from < 0 || texts.some((text, i) => i >= from && isWord(text) && !known(text, names, texts, i))) return undefined;
  return replace(mine, textOf(other.file, theirs.slice(from), renames, gapIndent(own, other)));
}

function hunksBetween(
  own: FunctionRef,
  other: FunctionRef,
  ours: readonly Token[],
  theirs: readonly Token[],
  renames: ReadonlyMap<string, string>,
  names: ReadonlySet<string>,
): Hunk[] {
  const texts = theirs.map(({ text }) => renames.get(text) ?? text);
  const parts = diffArrays(
    ours.map(({ text }) => text),
    texts,
    { maxEditLength: 400 },
  );
  if (!parts) return [];
  const hunks: Hunk[] = [];
  let [i, j] = [0, 0];
  for (let p = 0; p < parts.length; ) {
    if (!parts[p]?.added && !parts[p]?.removed) {
      i += parts[p]?.value.length ?? 0;
      j += parts[p]?.value.length ?? 0;
      p++;
      continue;
    }
    const [fromI, fromJ] = [i, j];
    for (; p < parts.length && (parts[p]?.added || parts[p]?.removed); p++) {
      if (parts[p]?.removed) i += parts[p]?.value.length ?? 0;
      else j += parts[p]?.value.length ?? 0;
    }
    const removed = ours.slice(fromI, i);
    const added = theirs.slice(fromJ, j);
    if (isNoise(removed, texts.slice(fromJ, j))) continue;
    const unknown = texts.slice(fromJ, j).some((text, k) => isWord(text) && !known(text, names, texts, fromJ + k));
    if (unknown) continue;
    const edit = editFor(own, other, ours, theirs, [fromI, i], [fromJ, j], renames);
    if (edit) hunks.push({ edit, removed, added });
  }
  return hunks;
}

/** `wrapAsync$1` is `wrapAsync` here when only that is known. */
const localName = (text: string, names: ReadonlySet<string>): string => (names.has(text) || !names.has(plain(text)) ? text : plain(text));

const KEYWORDS = new Set(
  'await async break case catch class const continue delete do else false finally for function if in instanceof let new null of return super switch this throw true try typeof var void while yield undefined'.split(
    ' ',
  ),
);

/** Whether a word of the twin means something here: a keyword, a property, a name in scope or one that the twin declares. */
function known(text: string, names: ReadonlySet<string>, texts: readonly string[], at: number): boolean {
  if (KEYWORDS.has(text) || names.has(text) || isGlobal(text)) return true;
  const [before, after] = [texts[at - 1], texts[at + 1]];
  if (before === '.' || before === '?.' || after === ':') return true;
  return (
    texts.some((other, i) => other === text && (DECLARES.has(texts[i - 1] ?? '') || (texts[i - 1] === ',' && texts[i + 1] === '='))) ||
    isParameter(texts, text)
  );
}

const DECLARES = new Set(['var', 'let', 'const', 'function', 'class', '...']);

/** A name that stands before `=>`, or in parentheses or braces that `=>`, `=` or a body follows: the twin binds it. */
const isParameter = (texts: readonly string[], name: string): boolean =>
  texts.some((text, i) => {
    if (text !== name) return false;
    if (texts[i + 1] === '=>') return true;
    let end = i;
    while (end < texts.length && /^[\w$]+$|^,$|^\.\.\.$/.test(texts[end] ?? '')) end++;
    return (
      (texts[end] === ')' && (texts[end + 1] === '=>' || texts[end + 1] === '{')) ||
      ((texts[end] === ']' || texts[end] === '}') && texts[end + 1] === '=')
    );
  });

/** The twin's own names for what has another name here: those that stand in each other's place every time. */
function renamesBetween(ours: readonly Token[], theirs: readonly Token[], names: ReadonlySet<string>): Map<string, string> {
  const said = new Set(theirs.map(({ text }) => text));
  const shape = (tokens: readonly Token[]) => tokens.map(({ text }) => (isWord(text) && !KEYWORDS.has(text) ? 'id' : text));
  const votes = new Map<string, Map<string, number>>();
  let [i, j] = [0, 0];
  for (const part of diffArrays(shape(ours), shape(theirs), { maxEditLength: 400 }) ?? []) {
    if (part.removed) i += part.value.length;
    else if (part.added) j += part.value.length;
    else
      for (let k = 0; k < part.value.length; k++, i++, j++) {
        const [mine, other] = [ours[i]?.text ?? '', theirs[j]?.text ?? ''];
        if (
          mine === other ||
          said.has(mine) ||
          !isWord(other) ||
          names.has(other) ||
          isGlobal(other) ||
          ['.', '?.'].includes(theirs[j - 1]?.text ?? '')
        )
          continue;
        const of = votes.get(other) ?? new Map<string, number>();
        of.set(mine, (of.get(mine) ?? 0) + 1);
        votes.set(other, of);
      }
  }
  const renames = new Map<string, string>();
  for (const [other, of] of votes) {
    const [best] = [...of].sort((a, b) => b[1] - a[1]);
    if (best && of.size === 1) renames.set(other, best[0]);
  }
  return renames;
}

/** Differences of style only: semicolons, `var` and `let`, quotes, a trailing comma. */
function isNoise(removed: readonly Token[], texts: readonly string[]): boolean {
  const norm = (list: readonly string[]) =>
    list
      .filter((text) => text !== ';' && text !== ',')
      .map((text) => (text === 'var' || text === 'let' || text === 'const' ? 'let' : text.replace(/^"(.*)"$/s, "'$1'")))
      .join(' ');
  const [a, b] = [norm(removed.map(({ text }) => text)), norm(texts)];
  return a === b && (a !== '' || [...removed.map(({ text }) => text), ...texts].every((text) => text === ';'));
}

function editFor(
  own: FunctionRef,
  other: FunctionRef,
  ours: readonly Token[],
  theirs: readonly Token[],
  [fromI, toI]: readonly [number, number],
  [fromJ, toJ]: readonly [number, number],
  renames: ReadonlyMap<string, string>,
): Edit | undefined {
  const first = theirs[fromJ];
  const last = theirs[toJ - 1];
  const text = first && last && toJ > fromJ ? textOf(other.file, theirs.slice(fromJ, toJ), renames, gapIndent(own, other)) : '';
  const gone = ours.slice(fromI, toI);
  if (gone.length > 0) return replace({ start: (gone[0] as Token).start, end: (gone.at(-1) as Token).end }, text);
  const next = ours[fromI];
  const after = theirs[toJ];
  if (!next || !after || !last || text === '') return undefined;
  const previous = ours[fromI - 1];
  const space = spaceBetween(other.file, last, after).replaceAll(/\n[ \t]*/g, (line) => `\n${gapIndent(own, other)(line.slice(1))}`);
  if (previous && space.includes('\n') === false && previous.end === next.start) return insert(next.start, text + space);
  return insert(next.start, text + (space === '' && isWord(last.text) && isWord(next.text) ? ' ' : space));
}

/** The white space between two tokens, comments left out with their lines. */
function spaceBetween(file: SourceFile, a: Token, b: Token): string {
  const gap = file.text.slice(a.end, b.start);
  if (gap.trim() === '') return gap;
  const lines = gap.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '').split('\n');
  return lines.length > 1 ? `\n${lines.at(-1) ?? ''}` : ' ';
}

/** Turns the twin's indentation of a line into ours. */
function gapIndent(own: FunctionRef, other: FunctionRef): (indent: string) => string {
  const [mine, theirs] = [indentOf(own.file, own.node), indentOf(other.file, other.node)];
  return (indent) => (indent.startsWith(theirs) ? mine + indent.slice(theirs.length) : indent);
}

/** The twin's tokens as they stand there, renamed, without comments, at our indentation. */
function textOf(
  file: SourceFile,
  tokens: readonly Token[],
  renames: ReadonlyMap<string, string>,
  indent: (indent: string) => string,
): string {
  let text = '';
  tokens.forEach((token, i) => {
    text += renames.get(token.text) ?? token.text;
    const next = tokens[i + 1];
    if (next) text += spaceBetween(file, token, next).replaceAll(/\n[ \t]*/g, (line) => `\n${indent(line.slice(1))}`);
  });
  return text;
}
