import type { Edit } from '../edits.js';
import type { Fault } from './faults.js';
import { type Token, tokensOf } from './tokens.js';

/** A broken text and where its first error shows: what the rules look at. */
export interface Site {
  readonly path: string;
  readonly text: string;
  readonly fault: Fault;
  /** Every token that is code, in order. */
  readonly tokens: readonly Token[];
  readonly comments: readonly Token[];
  /** Index of the first token that ends after the error's start; `tokens.length` at the end of the file. */
  readonly at: number;
  /** Indexes near the error: around its start, its end and the places related to it, nearest first. */
  readonly near: readonly number[];
}

/** One change that may mend the text. */
export interface Draft {
  readonly edits: readonly Edit[];
  /** (0, 1]: how likely people made this mistake, given what the rule has seen. */
  readonly weight: number;
  readonly summary: string;
  /** Kebab-case name of the kind of mistake. */
  readonly template: string;
}

/** A kind of mistake. Pure and bounded: at most a few hundred drafts a site; they need not parse. */
export type Rule = (site: Site) => Iterable<Draft>;

const BEFORE = 8;
const AFTER = 3;

export function siteOf(path: string, text: string, fault: Fault): Site {
  const { code: tokens, comments } = tokensOf(text, usesJsx(path, text));
  const at = indexAt(tokens, fault.start);
  const near = new Set<number>();
  for (const place of [fault.start, fault.end, ...fault.related.slice(0, 3)]) {
    const index = indexAt(tokens, place);
    for (let i = 0; i <= BEFORE; i++) {
      if (i <= AFTER && index + i < tokens.length) near.add(index + i);
      if (index - i >= 0 && index - i < tokens.length) near.add(index - i);
    }
  }
  return { path, text, fault, tokens, comments, at, near: [...near] };
}

const usesJsx = (path: string, text: string): boolean =>
  /\.[jt]sx$/.test(path) || (/\.[cm]?js$/.test(path) && /<\/[A-Za-z>]|\/>/.test(text));

function indexAt(tokens: readonly Token[], offset: number): number {
  let [low, high] = [0, tokens.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle] as Token).end > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The white-space before the first token of the line that holds the offset. */
export function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, start + 200))?.[0] ?? '';
}

/** The line that holds the offset, with its line break: what deleting a line removes. */
export function lineAt(text: string, offset: number): { start: number; end: number } {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  return { start, end: end < 0 ? text.length : end + 1 };
}

/** A short piece of source for a summary. */
export const short = (text: string): string => {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 57)}...` : line;
};
