import { applyEdits } from '../edits.js';
import { SourceFile } from '../source-file.js';
import type { MutationOperator } from './mutation.js';

/** Every text that an operator makes of a source, likeliest first of each node: what the operators' specs look at. */
export function textsOf(operator: MutationOperator, text: string, others: readonly SourceFile[] = [], path = 'a.js'): string[] {
  const file = new SourceFile(path, text);
  if (file.errors.length > 0) throw new Error(file.errors.join('\n'));
  return file.nodes.flatMap((node) =>
    [...operator.propose(node, { file, others: () => others })].map(({ edits }) => applyEdits(text, edits)),
  );
}

/** A text without white space and semicolons: to compare what is meant, not how it is laid out. */
export const bare = (text: string): string => text.replace(/[\s;]+/g, '');
