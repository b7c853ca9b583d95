import { describe, expect, it } from '@jest/globals';
import { bare, textsOf } from '../testing.js';
import { wrongTernary } from './wrong-ternary.js';

/** Source, and what it should be. */
const FIXES: readonly (readonly [what: string, from: string, to: string])[] = [
  ['a test too many (SWE-smith remove_ternary inverted)', `const x = a ? b : c;`, `const x = b;`],
  ['a value that is its own test (dayjs issue 2369)', `const x = base === 0 ? 0 : base;`, `const x = base;`],
  [
    'one that is not there (async, SWE-smith remove_ternary)',
    `function f(xs, ok) { return xs; }`,
    `function f(xs, ok) { return ok ? xs : undefined; }`,
  ],
];

describe('wrong-ternary', () => {
  it.each(FIXES)('mends %s', (_, from, to) => {
    expect(textsOf(wrongTernary, from).map(bare)).toContain(bare(to));
  });
});
