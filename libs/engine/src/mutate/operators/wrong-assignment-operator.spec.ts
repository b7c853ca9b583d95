import { describe, expect, it } from '@jest/globals';
import { bare, textsOf } from '../testing.js';
import { wrongAssignmentOperator } from './wrong-assignment-operator.js';

/** Source, and what it should be. */
const FIXES: readonly (readonly [what: string, from: string, to: string])[] = [
  [
    '-- for ++ in a loop (async, SWE-smith aug_assign_swap)',
    `for (; index < length; index--) f();`,
    `for (; index < length; index++) f();`,
  ],
  ['a decrement in an index (async, SWE-smith aug_assign_swap)', `const t = tasks[i--];`, `const t = tasks[i++];`],
  ['-= for += (ManySStuBs4J change operator)', `total -= x;`, `total += x;`],
  ['before for after', `f(n++);`, `f(++n);`],
];

describe('wrong-assignment-operator', () => {
  it.each(FIXES)('mends %s', (_, from, to) => {
    expect(textsOf(wrongAssignmentOperator, from).map(bare)).toContain(bare(to));
  });

  it('leaves destructuring alone', () => {
    expect(textsOf(wrongAssignmentOperator, `({ a } = b);`).filter((text) => text.includes(`+=`))).toEqual([]);
  });
});
