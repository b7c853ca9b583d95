/** A source excerpt as numbered lines. */
import type { SourceLocation } from '@selfheal/contracts';

export interface ExcerptLine {
  readonly number?: number;
  readonly text: string;
  /** Whether this is the line that the evidence is about. */
  readonly marked: boolean;
}

// As engines print them: an optional marker, a line number, a separator.
const NUMBERED = /^(?:\s*[>→*]\s*|\s*)(\d{1,7})\s?[|:│](?: |$)?(.*)$/;

/**
 * Takes line numbers out of the text where every line carries one. Otherwise the text is shown as it came, without
 * numbers: a wrong number is worse than none.
 */
export function excerptLines(text: string, location?: SourceLocation): ExcerptLine[] {
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/);
  const numbered = lines.map((line) => NUMBERED.exec(line));
  if (!numbered.every((match) => match !== null)) return lines.map((line) => ({ text: line, marked: false }));
  return numbered.map((match) => ({ number: Number(match[1]), text: match[2] ?? '', marked: Number(match[1]) === location?.line }));
}
