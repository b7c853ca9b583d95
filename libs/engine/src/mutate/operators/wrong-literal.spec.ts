import { describe, expect, it } from '@jest/globals';
import { bare, textsOf } from '../testing.js';
import { wrongLiteral } from './wrong-literal.js';

/** Source, and what it should be. */
const FIXES: readonly (readonly [what: string, from: string, to: string])[] = [
  ['true for false (HumanEvalFix JavaScript/61)', `function f() { return true; }`, `function f() { return false; }`],
  ['undefined for a number (MdEval JavaScript/52)', `if (count !== undefined) f();`, `if (count !== 0) f();`],
  ['an object for a list (TBar, "change literal")', `let seen = [];`, `let seen = {};`],
  ['a maximum that starts at zero (CWE-682; the classic max of negative numbers)', `let max = 0;`, `let max = -Infinity;`],
];

describe('wrong-literal', () => {
  it.each(FIXES)('mends %s', (_, from, to) => {
    expect(textsOf(wrongLiteral, from).map(bare)).toContain(bare(to));
  });
});
