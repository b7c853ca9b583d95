import type { Edit, Node, SourceFile } from '@selfheal/engine';
import type { Proposal } from '../shared/playbook.js';

export interface Found {
  readonly file: SourceFile;
  readonly node: Node;
  readonly proposal: Proposal;
}

export const found = (file: SourceFile, node: Node, edits: readonly Edit[], template: string, summary: string, score: number): Found => ({
  file,
  node,
  proposal: { edits: { [file.path]: edits }, template: `sequential-awaits/${template}`, summary, score },
});
