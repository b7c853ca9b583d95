import type { MutationOperator } from '../mutation.js';

/** Every way of changing code that the search knows. One file and one line each; the order does not matter. */
export const OPERATORS: readonly MutationOperator[] = [];
