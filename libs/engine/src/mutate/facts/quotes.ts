/** String literals as source text, in the quotes of the file. */
import type { SourceFile } from '../../source-file.js';
import { isString } from './places.js';

/** The string as source text in these quotes. */
export const quoted = (value: string, quote: string): string => {
  const escaped = JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"');
  return quote + (quote === '"' || quote === "'" ? escaped.replaceAll(quote, `\\${quote}`) : escaped) + quote;
};

const quotes = new WeakMap<SourceFile, string>();

/** The quotes that the file's strings have. */
export function quoteOf(file: SourceFile): string {
  const known = quotes.get(file);
  if (known) return known;
  const strings = file.nodes.filter(isString);
  const quote = strings.filter((node) => file.text[node.start] === '"').length * 2 > strings.length ? '"' : "'";
  quotes.set(file, quote);
  return quote;
}
