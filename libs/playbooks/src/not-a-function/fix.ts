import type { Edit, SourceFile } from '@selfheal/engine';
import type { Proposal } from '../shared/playbook.js';

/** A proposal of this playbook in one file. */
export const fixOf = (file: SourceFile, edits: readonly Edit[], template: string, summary: string, score: number): Proposal => ({
  edits: { [file.path]: edits },
  template: `not-a-function/${template}`,
  summary: summary.slice(0, 300),
  score,
});
