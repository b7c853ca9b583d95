import type { Node, NodeOf } from '@selfheal/engine';

/** A place that needs its operand to be there: a member read, a destructuring, a spread, a loop. */
export type Access = NodeOf<'MemberExpression'> | NodeOf<'VariableDeclarator'> | NodeOf<'SpreadElement'> | NodeOf<'ForOfStatement'>;

/** The operand that must not be null or undefined. */
export const objectOf = (access: Access): Node => {
  if (access.type === 'MemberExpression') return access.object;
  if (access.type === 'VariableDeclarator') return access.init ?? access.id;
  return access.type === 'SpreadElement' ? access.argument : access.right;
};
