import { applyEdits, type Edit } from '@selfheal/engine';

/** Text put around a stretch of a file. `after: ''` puts something before it only. */
export interface Wrap {
  readonly start: number;
  readonly end: number;
  readonly before: string;
  readonly after: string;
}

/**
 * Puts every wrap into the text as brackets: of two that begin at one place the longer is outside, and of equal ones the
 * earlier in the list. Stretches must be nested or disjoint, as those of syntax nodes are.
 */
export function applyWraps(text: string, wraps: readonly Wrap[]): string {
  const ordered = wraps.map((wrap, order) => ({ ...wrap, order })).sort((a, b) => a.start - b.start || b.end - a.end || a.order - b.order);
  const edits: Edit[] = [];
  const open: (typeof ordered)[number][] = [];
  const closeUpTo = (at: number) => {
    for (let last = open.at(-1); last && last.end <= at; last = open.at(-1)) {
      open.pop();
      if (last.after) edits.push({ start: last.end, end: last.end, text: last.after });
    }
  };
  for (const wrap of ordered) {
    closeUpTo(wrap.start);
    edits.push({ start: wrap.start, end: wrap.start, text: wrap.before });
    open.push(wrap);
  }
  closeUpTo(Number.POSITIVE_INFINITY);
  return applyEdits(text, edits);
}
