import { describe, expect, it } from '@jest/globals';
import { bare, textsOf } from '../testing.js';
import { missingDefault } from './missing-default.js';

/** Source, and what it should be. */
const FIXES: readonly (readonly [what: string, from: string, to: string])[] = [
  ['a value that may be missing (dayjs issue 1209)', `const f = (parts) => g(parts[2]);`, `const f = (parts) => g(parts[2] || 0);`],
  [
    'a check in front of a property (dayjs issue 1201)',
    `const f = (input, u) => { if (u === input.u) g(); };`,
    `const f = (input, u) => { if (input && u === input.u) g(); };`,
  ],
  ['an optional chain (TBar T2)', `const f = (a) => a.b.c;`, `const f = (a) => a?.b.c;`],
  ['a parameter that is not given', `const f = (a) => a * 2;`, `const f = (a = 0) => a * 2;`],
];

describe('missing-default', () => {
  it.each(FIXES)('mends %s', (_, from, to) => {
    expect(textsOf(missingDefault, from).map(bare)).toContain(bare(to));
  });

  it('does not make a write optional', () => {
    expect(textsOf(missingDefault, `function f(a) { a.b = 1; }`).filter((text) => text.includes(`?.`))).toEqual([]);
  });

  it('does not break an arrow without parentheses', () => {
    expect(textsOf(missingDefault, `const f = a => a * 2;`).filter((text) => text.includes(`a = 0`))).toEqual([]);
  });
});
