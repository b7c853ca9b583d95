import type { SourceFile } from '../../source-file.js';

/** A node's text on one line, for a summary. */
export const brief = (file: SourceFile, node: { start: number; end: number }, most = 60): string => {
  const text = file.text.slice(node.start, Math.min(node.end, node.start + 4 * most)).replace(/\s+/g, ' ');
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
};

/** The names that a piece of source mentions. */
export const namesOf = (text: string): Set<string> => new Set(text.match(/[A-Za-z_$][\w$]*/g));
