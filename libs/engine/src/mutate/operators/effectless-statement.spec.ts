import { describe, expect, it } from '@jest/globals';
import { bare, textsOf } from '../testing.js';
import { effectlessStatement } from './effectless-statement.js';

/** Source, and what it should be. */
const FIXES: readonly (readonly [what: string, from: string, to: string])[] = [
  ['a step that is only read (MdEval JavaScript/40)', `w[j][q];`, `w[j][q]++;`],
  ['a function that is only named (eslint no-unused-expressions)', `const f = () => 1; f;`, `const f = () => 1; f();`],
];

describe('effectless-statement', () => {
  it.each(FIXES)('mends %s', (_, from, to) => {
    expect(textsOf(effectlessStatement, from).map(bare)).toContain(bare(to));
  });

  it('leaves directives alone', () => {
    expect(textsOf(effectlessStatement, `'use strict'; f();`).filter((text) => text.includes(`++`))).toEqual([]);
  });
});
