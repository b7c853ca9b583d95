import type { Edit } from '../edits.js';

/** What is known of a mutation before it is run. */
export interface Evidence {
  /** (0, 1] */
  readonly suspicion: number;
  /** The operator's prior, (0, 1]. */
  readonly prior: number;
  /** How often the operator's changes were right here before, relative to others: 1 when nothing is known. */
  readonly track: number;
  /** The change's weight within its operator, (0, 1]. */
  readonly weight: number;
  /** Characters removed and added. */
  readonly size: number;
  /** The gain in mean log2-probability, see Naturalness. */
  readonly gain: number;
}

/**
 * The order in which mutations are tried: a product of independent factors, so that a very suspicious place can outweigh
 * a rare operator and the other way round. Suspicion counts as its square root: Ochiai's values lie far apart, and a
 * place that half of the failing tests execute is no less likely. A change of 100 characters counts about two thirds of
 * a small one (real fixes are small: Just, Jalali, Ernst: "Defects4J", ISSTA 2014).
 */
export function score({ suspicion, prior, track, weight, size, gain }: Evidence): number {
  const natural = 2 ** (0.25 * Math.max(-4, Math.min(4, gain)));
  return (Math.sqrt(suspicion) * prior * track * weight * natural) / (1 + size / 200);
}

/**
 * Of a node's changes the one with `before` better ones counts so much less, so that one big node cannot starve the others.
 */
export const discount = (before: number): number => 1 / (1 + before / 12);

/** Characters that edits remove and add. */
export const sizeOf = (edits: readonly Edit[]): number =>
  edits.reduce((sum, { start, end, text }) => sum + Math.abs(text.length - (end - start)) + Math.min(text.length, end - start) / 2, 0);

/**
 * Edits in their smallest form, so that two that give the same text are the same: common starts and ends are cut off,
 * what changes nothing is dropped, the rest is in order. Empty: nothing changes.
 */
export function minimal(text: string, edits: readonly Edit[]): Edit[] {
  return edits
    .map((edit) => trimmed(text, edit))
    .filter(({ start, end, text: added }) => start < end || added !== '')
    .sort((a, b) => a.start - b.start || a.end - b.end);
}

function trimmed(text: string, { start, end, text: added }: Edit): Edit {
  let head = 0;
  const most = Math.min(end - start, added.length);
  while (head < most && text.charCodeAt(start + head) === added.charCodeAt(head)) head++;
  let tail = 0;
  while (tail < most - head && text.charCodeAt(end - 1 - tail) === added.charCodeAt(added.length - 1 - tail)) tail++;
  return { start: start + head, end: end - tail, text: added.slice(head, added.length - tail) };
}

/** A key that is the same for edits of one file with the same result (up to which of equal neighbours is cut). */
export const keyOf = (path: string, edits: readonly Edit[]): string =>
  `${path}\0${edits.map((edit) => `${edit.start},${edit.end},${edit.text}`).join('\0')}`;
