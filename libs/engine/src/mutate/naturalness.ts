import type { Edit } from '../edits.js';
import type { SourceFile } from '../source-file.js';
import { type Token, tokensOf } from './tokens.js';

const NEIGHBOUR_BUDGET = 200_000;
const LONGEST = 400;

/**
 * A bigram model of a file and its neighbours: code repeats itself locally, so tokens that follow each other often
 * here are likely here (Hindle et al.: "On the naturalness of software", ICSE 2012), and buggy lines are less natural
 * than their fixes (Ray et al.: "On the naturalness of buggy code", ICSE 2016).
 */
export class Naturalness {
  readonly #pairs = new Map<string, number>();
  readonly #singles = new Map<string, number>();
  readonly #tokens: readonly Token[];

  /** @param neighbours other files of the same language; the first 200,000 characters of them count */
  constructor(
    readonly file: SourceFile,
    neighbours: readonly SourceFile[],
  ) {
    this.#tokens = tokensOf(file.text);
    this.#learn(this.#tokens);
    let budget = NEIGHBOUR_BUDGET;
    for (const { text } of neighbours) {
      if (text.length > budget) continue;
      budget -= text.length;
      this.#learn(tokensOf(text));
    }
  }

  /**
   * How much more natural the text is with the edits than without: the gain in mean log2-probability of the tokens
   * around them. Positive: more natural.
   */
  gain(edits: readonly Edit[]): number {
    let gain = 0;
    for (const { start, end, text } of edits) {
      const from = this.#indexAt(start);
      let to = from;
      while (to < this.#tokens.length && (this.#tokens[to] as Token).start < end) to++;
      const before = this.#tokens.slice(Math.max(from - 1, 0), to + 1).map((token) => token.text);
      const first = this.#tokens[from];
      const last = this.#tokens[to - 1];
      const head = first && first.start < start ? this.file.text.slice(first.start, start) : '';
      const tail = last && last.end > end ? this.file.text.slice(end, last.end) : '';
      const after = [
        this.#tokens[from - 1]?.text ?? '',
        ...tokensOf((head + text + tail).slice(0, LONGEST)).map((token) => token.text),
        this.#tokens[to]?.text ?? '',
      ];
      gain += this.#mean(after) - this.#mean(before);
    }
    return edits.length > 0 ? gain / edits.length : 0;
  }

  #mean(tokens: readonly string[]): number {
    let sum = 0;
    for (let i = 1; i < tokens.length; i++) {
      const pair = this.#pairs.get(`${tokens[i - 1]} ${tokens[i]}`) ?? 0;
      const single = this.#singles.get(tokens[i - 1] ?? '') ?? 0;
      sum += Math.log2((pair + 0.1) / (single + 5));
    }
    return tokens.length > 1 ? sum / (tokens.length - 1) : 0;
  }

  /** The first token that ends after the offset. */
  #indexAt(offset: number): number {
    let low = 0;
    let high = this.#tokens.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#tokens[middle] as Token).end <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #learn(tokens: readonly Token[]): void {
    for (let i = 0; i < tokens.length; i++) {
      const { text } = tokens[i] as Token;
      this.#singles.set(text, (this.#singles.get(text) ?? 0) + 1);
      const pair = `${tokens[i - 1]?.text ?? ''} ${text}`;
      this.#pairs.set(pair, (this.#pairs.get(pair) ?? 0) + 1);
    }
  }
}
