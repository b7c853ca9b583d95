import type { Edit } from '../edits.js';

/** A stretch of the original text, or new text. */
type Piece = { readonly start: number; readonly end: number } | { readonly text: string };

const lengthOf = (piece: Piece): number => ('text' in piece ? piece.text.length : piece.end - piece.start);

const cut = (piece: Piece, start: number, end: number): Piece =>
  'text' in piece ? { text: piece.text.slice(start, end) } : { start: piece.start + start, end: piece.start + end };

/** A text as pieces of its original: edits of edits, told as edits of the original. */
export class Pieces {
  private constructor(
    private readonly original: string,
    private readonly pieces: readonly Piece[],
  ) {}

  static of(original: string): Pieces {
    return new Pieces(original, [{ start: 0, end: original.length }]);
  }

  /** @param edits against the text as it is now; those that overlap one before them are left out */
  apply(edits: readonly Edit[]): Pieces {
    const made: Piece[] = [];
    let [at, index, passed] = [0, 0, 0];
    // One walk: what lies before each edit is kept, what it covers is skipped.
    const take = (to: number, keep: boolean) => {
      for (let piece = this.pieces[index]; piece && at < to; piece = this.pieces[index]) {
        const length = lengthOf(piece);
        const [start, end] = [at - passed, Math.min(length, to - passed)];
        if (keep && start < end) made.push(cut(piece, start, end));
        at = passed + end;
        if (end < length) return;
        passed += length;
        index++;
      }
    };
    for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
      if (edit.start < at) continue;
      take(edit.start, true);
      if (edit.text !== '') made.push({ text: edit.text });
      take(edit.end, false);
    }
    take(Number.POSITIVE_INFINITY, true);
    return new Pieces(this.original, made);
  }

  get text(): string {
    return this.pieces.map((piece) => ('text' in piece ? piece.text : this.original.slice(piece.start, piece.end))).join('');
  }

  /** What turns the original into this text: sorted, disjoint. */
  get edits(): Edit[] {
    const edits: Edit[] = [];
    let [at, text] = [0, ''];
    for (const piece of this.pieces) {
      if ('text' in piece) {
        text += piece.text;
        continue;
      }
      if (piece.start > at || text !== '') edits.push({ start: at, end: piece.start, text });
      [at, text] = [piece.end, ''];
    }
    if (at < this.original.length || text !== '') edits.push({ start: at, end: this.original.length, text });
    return edits;
  }
}
