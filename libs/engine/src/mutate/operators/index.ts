import type { MutationOperator } from '../mutation.js';
import { deleteStatement } from './delete-statement.js';
import { documentedFormula } from './documented-formula.js';
import { effectlessStatement } from './effectless-statement.js';
import { excessCall } from './excess-call.js';
import { excessOperand } from './excess-operand.js';
import { insertStatement } from './insert-statement.js';
import { missingAssignment } from './missing-assignment.js';
import { missingAwait } from './missing-await.js';
import { missingCall } from './missing-call.js';
import { missingDeclaration } from './missing-declaration.js';
import { missingDefault } from './missing-default.js';
import { missingGuard } from './missing-guard.js';
import { missingJump } from './missing-jump.js';
import { missingOperand } from './missing-operand.js';
import { missingReturn } from './missing-return.js';
import { missingTerm } from './missing-term.js';
import { moveStatement } from './move-statement.js';
import { negateCondition } from './negate-condition.js';
import { offByOne } from './off-by-one.js';
import { regexEdit } from './regex-edit.js';
import { replaceCondition } from './replace-condition.js';
import { swapBranches } from './swap-branches.js';
import { twin } from './twin.js';
import { undeclaredName } from './undeclared-name.js';
import { wrongArgument } from './wrong-argument.js';
import { wrongAssignmentOperator } from './wrong-assignment-operator.js';
import { wrongCallee } from './wrong-callee.js';
import { wrongExpression } from './wrong-expression.js';
import { wrongLiteral } from './wrong-literal.js';
import { wrongMember } from './wrong-member.js';
import { wrongNumber } from './wrong-number.js';
import { wrongOperator } from './wrong-operator.js';
import { wrongPrecedence } from './wrong-precedence.js';
import { wrongString } from './wrong-string.js';
import { wrongTernary } from './wrong-ternary.js';
import { wrongVariable } from './wrong-variable.js';

/** Every way of changing code that the search knows. One file and one line each; the order does not matter. */
export const OPERATORS: readonly MutationOperator[] = [
  deleteStatement,
  documentedFormula,
  effectlessStatement,
  excessCall,
  excessOperand,
  insertStatement,
  missingAssignment,
  missingAwait,
  missingCall,
  missingDeclaration,
  missingDefault,
  missingGuard,
  missingJump,
  missingOperand,
  missingReturn,
  missingTerm,
  moveStatement,
  negateCondition,
  offByOne,
  regexEdit,
  replaceCondition,
  swapBranches,
  twin,
  undeclaredName,
  wrongArgument,
  wrongAssignmentOperator,
  wrongCallee,
  wrongExpression,
  wrongLiteral,
  wrongMember,
  wrongNumber,
  wrongOperator,
  wrongPrecedence,
  wrongString,
  wrongTernary,
  wrongVariable,
];
