import type { Node, SourceFile } from '@selfheal/engine';
import type { Proposal } from '../shared/playbook.js';

/** One key that may be misspelt, with the ways to mend it. */
export interface KeySuspicion {
  readonly file: SourceFile;
  readonly node: Node;
  readonly key: string;
  readonly summary: string;
  readonly confidence: number;
  readonly fixes: readonly Proposal[];
}

export const keyFix = (
  file: SourceFile,
  edit: { start: number; end: number; text: string },
  template: string,
  summary: string,
  score: number,
): Proposal => ({
  edits: { [file.path]: [edit] },
  template: `config-key/${template}`,
  summary,
  score,
});
