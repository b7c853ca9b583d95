import { describe, expect, it } from '@jest/globals';
import { bare, textsOf } from '../testing.js';
import { wrongPrecedence } from './wrong-precedence.js';

/** Source, and what it should be. */
const FIXES: readonly (readonly [what: string, from: string, to: string])[] = [
  ['a sum first (Swift et al. style slips; eslint no-mixed-operators)', `const x = a + b * c;`, `const x = (a + b) * c;`],
  ['the negation of the whole (eslint no-unsafe-negation)', `if (!key in memo) f();`, `if (!(key in memo)) f();`],
  ['|| before &&', `if (a || b && c) f();`, `if ((a || b) && c) f();`],
  ['parentheses too many (HumanEvalFix JavaScript/155 the other way round)', `const x = (a + b) * c;`, `const x = a + b * c;`],
];

describe('wrong-precedence', () => {
  it.each(FIXES)('mends %s', (_, from, to) => {
    expect(textsOf(wrongPrecedence, from).map(bare)).toContain(bare(to));
  });

  it('keeps a product that reads the same', () => {
    expect(textsOf(wrongPrecedence, `const x = (a * b) * c;`).filter((text) => text.includes(`a * b * c`))).toEqual([]);
  });
});
