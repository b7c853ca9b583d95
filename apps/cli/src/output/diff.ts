import { printableLines } from './printable.js';
import type { Screen } from './screen.js';

/** The lines of a unified diff, coloured. */
export function colouredDiff(diff: string, { colours }: Screen): string[] {
  const paint = (line: string) => {
    if (line.startsWith('+++') || line.startsWith('---')) return colours.bold(line);
    if (line.startsWith('@@')) return colours.cyan(line);
    if (line.startsWith('+')) return colours.green(line);
    return line.startsWith('-') ? colours.red(line) : line;
  };
  return printableLines(diff).trimEnd().split('\n').map(paint);
}
