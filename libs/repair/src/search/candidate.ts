import { digestOf, type Edit, type RankedMutation } from '@selfheal/engine';
import type { Patch } from '../oracle/oracle.js';

/** Where a candidate comes from, in the order in which they are tried. */
export type Origin = 'learned' | 'syntax' | 'playbook' | 'fixer' | 'twin' | 'mutation' | 'repeat' | 'pair';

/** One patch that may heal the command. */
export interface Candidate {
  /** New texts by path. */
  readonly patch: Patch;
  readonly origin: Origin;
  /** The playbook's codemod or the mutation operator. */
  readonly template: string;
  /** The playbook whose codemod it is; absent for a mutation. */
  readonly playbook?: string;
  readonly summary: string;
  /** Where it changes the code, for people. */
  readonly path: string;
  readonly line: number;
  /** Relative likelihood before any test ran: comparable among all candidates of one search. Greater than 0. */
  readonly prior: number;
  /** Characters put in and taken out. */
  readonly size: number;
  /** What it is made of, when it is made of mutations: what a second edit is added to. */
  readonly mutations?: readonly RankedMutation[];
}

/** Characters that the edits put in and take out. */
export const sizeOf = (edits: readonly Edit[]): number => edits.reduce((sum, edit) => sum + (edit.end - edit.start) + edit.text.length, 0);

/** The identity of a patch, to try nothing twice: a digest, as thousands of whole files would fill the memory. */
export const keyOf = (patch: Patch): string =>
  digestOf(
    [...patch]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([path, text]) => `${path}\0${text}`)
      .join('\0\0'),
  );
