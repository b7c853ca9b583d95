import type { NodeOf, SourceFile } from '@selfheal/engine';
import type { Scene } from '../shared/scene.js';

export type Call = NodeOf<'CallExpression'> | NodeOf<'NewExpression'>;

/** A call of what is no function, at the place where it failed. */
export interface FailedCall {
  readonly scene: Scene;
  readonly file: SourceFile;
  readonly call: Call;
}
