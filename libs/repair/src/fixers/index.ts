import type { Fixer } from './fixer.js';
import { lintAutofix } from './lint-autofix/lint-autofix.js';
import { missingDependency } from './missing-dependency/missing-dependency.js';
import { typeError } from './type-error/type-error.js';

export type { Fixer } from './fixer.js';

/** Every fixer; of equal weight the earlier comes first. */
export const FIXERS: readonly Fixer[] = [typeError, missingDependency, lintAutofix];
