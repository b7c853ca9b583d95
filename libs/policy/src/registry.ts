import { allowlist } from './checks/allowlist.js';
import { inverse } from './checks/inverse.js';
import { maxFiles } from './checks/max-files.js';
import { maxLoc } from './checks/max-loc.js';
import { noDangerousOps } from './checks/no-dangerous-ops.js';
import { noDeletedTests } from './checks/no-deleted-tests.js';
import { noHiddenText } from './checks/no-hidden-text.js';
import { noSecrets } from './checks/no-secrets.js';
import { noSwallowedErrors } from './checks/no-swallowed-errors.js';
import { syntax } from './checks/syntax.js';
import { types } from './checks/types.js';
import type { Check } from './facts.js';

/** Every guardrail check, in the order in which a person reads the verdicts. */
export const CHECKS: readonly Check[] = [
  allowlist,
  maxLoc,
  maxFiles,
  noSecrets,
  noHiddenText,
  syntax,
  noDangerousOps,
  noDeletedTests,
  noSwallowedErrors,
  inverse,
  types,
];
