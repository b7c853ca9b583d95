import { describe, expect, it } from '@jest/globals';
import { bare, textsOf } from '../testing.js';
import { documentedFormula } from './documented-formula.js';

/** Source, and what it should be. */
const FIXES: readonly (readonly [what: string, from: string, to: string])[] = [
  [
    'what the comment computes (HumanEvalFix JavaScript/147)',
    `// a[i] = i * i - i + 1
function f(n, y) { for (let i = 1; i <= n; i++) { y.push(i); } }`,
    `// a[i] = i * i - i + 1
function f(n, y) { for (let i = 1; i <= n; i++) { y.push(i * i - i + 1); } }`,
  ],
];

describe('documented-formula', () => {
  it.each(FIXES)('mends %s', (_, from, to) => {
    expect(textsOf(documentedFormula, from).map(bare)).toContain(bare(to));
  });

  it('does not take a formula over names that are not there', () => {
    expect(
      textsOf(
        documentedFormula,
        `// total = price * quantity
function f(x) { return x; }`,
      ).filter((text) => text.includes(`price * quantity;`)),
    ).toEqual([]);
  });
});
