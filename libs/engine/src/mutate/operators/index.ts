import type { MutationOperator } from '../mutation.js';
import { deleteStatement } from './delete-statement.js';
import { insertStatement } from './insert-statement.js';
import { missingAssignment } from './missing-assignment.js';
import { missingAwait } from './missing-await.js';
import { missingDeclaration } from './missing-declaration.js';
import { missingGuard } from './missing-guard.js';
import { missingJump } from './missing-jump.js';
import { missingReturn } from './missing-return.js';
import { moveStatement } from './move-statement.js';
import { negateCondition } from './negate-condition.js';
import { replaceCondition } from './replace-condition.js';
import { swapBranches } from './swap-branches.js';
import { twin } from './twin.js';

/** Every way of changing code that the search knows. One file and one line each; the order does not matter. */
export const OPERATORS: readonly MutationOperator[] = [
  deleteStatement,
  insertStatement,
  missingAssignment,
  missingAwait,
  missingDeclaration,
  missingGuard,
  missingJump,
  missingReturn,
  moveStatement,
  negateCondition,
  replaceCondition,
  swapBranches,
  twin,
];
