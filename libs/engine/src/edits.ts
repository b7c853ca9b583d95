import MagicString from 'magic-string';

/** Replaces `text[start, end)` (UTF-16 offsets) with `text`. `start === end` inserts. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Applies edits to a text; everything outside them stays byte for byte.
 * @throws RangeError when an edit is outside the text or two edits overlap
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const ordered = edits.map((edit, order) => ({ ...edit, order })).sort((a, b) => a.start - b.start || a.end - b.end || a.order - b.order);
  const source = new MagicString(text);
  let last = 0;
  for (const { start, end, text: replacement } of ordered) {
    if (!Number.isInteger(start) || !Number.isInteger(end) || start < 0 || end < start || end > text.length)
      throw new RangeError(`edit [${start}, ${end}) is outside the text of ${text.length}`);
    if (start < last) throw new RangeError(`edit [${start}, ${end}) overlaps the one before it`);
    last = end;
    if (start === end) source.appendLeft(start, replacement);
    else if (replacement === '') source.remove(start, end);
    else source.update(start, end, replacement);
  }
  return source.toString();
}

/** Shorthands, so that a playbook reads as what it changes. */
export const replace = (node: { start: number; end: number }, text: string): Edit => ({ start: node.start, end: node.end, text });
export const insert = (at: number, text: string): Edit => ({ start: at, end: at, text });
