import type { Edit } from '../edits.js';
import type { Node } from '../nodes.js';
import type { SourceFile } from '../source-file.js';

/** One small change of one file that may turn wrong code right. */
export interface Mutation {
  /** The operator that made it, such as `off-by-one`. */
  readonly operator: string;
  /** What changes, for people: "use <= instead of < in i < n". At most 200 characters. */
  readonly summary: string;
  /** The file, as SourceFile.path. */
  readonly path: string;
  /** Against the text of the file as it is now; formatting and comments outside them stay byte for byte. */
  readonly edits: readonly Edit[];
  /** The node that is changed, or the statement next to what is inserted: its suspiciousness is the mutation's. */
  readonly node: Node;
  /** (0, 1]: how likely this change is among those of its operator at this node. 1 is the first choice. */
  readonly weight: number;
}

/** What an operator says of one change; the enumeration adds the operator, the file and the node. */
export type Change = Pick<Mutation, 'summary' | 'edits' | 'weight'>;

/** One way in which people get code wrong, and so its inverse. A new one is a file in operators/ and a line in its index. */
export interface MutationOperator {
  /** Kebab-case, in the literature's word where there is one. */
  readonly name: string;
  /**
   * The share of real one-edit fixes that have this shape, (0, 1]; the source is in the operator's docstring. Corrected by how often
   * the operator proposes: one that speaks at each name is worth less a proposal than one that speaks where something is odd.
   */
  readonly prior: number;
  /** Changes at this node only (not at its descendants), likeliest first. Pure, and bounded: at most a few dozen a node. */
  propose(node: Node, context: MutationContext): Iterable<Change>;
}

export interface MutationContext {
  readonly file: SourceFile;
  /** The other source files of the repository, for ingredients: never changed, parsed only when asked for. */
  readonly others: () => readonly SourceFile[];
}

/** How suspicious a stretch of a file is, 0 (never executed by a failing test) to 1. */
export type Suspicion = (path: string, node: { readonly start: number; readonly end: number }) => number;
