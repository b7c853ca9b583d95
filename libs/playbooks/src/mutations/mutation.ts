import type { Edit, Node } from '@selfheal/engine';

/** One small change of one place in the code that turns right code wrong, and so wrong code right. */
export interface Mutation {
  readonly kind: 'boundary' | 'operator' | 'logic';
  /** The operator of the mutation, such as `shift-bound`. */
  readonly name: string;
  readonly node: Node;
  readonly edits: readonly Edit[];
  readonly summary: string;
  /** 0 to 1: how often such a slip is the cause, all else equal. */
  readonly prior: number;
}
