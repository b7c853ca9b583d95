import { describe, expect, it } from '@jest/globals';
import { bare, textsOf } from '../testing.js';
import { undeclaredName } from './undeclared-name.js';

/** Source, and what it should be. */
const FIXES: readonly (readonly [what: string, from: string, to: string])[] = [
  [
    'undefined in a sum (MdEval JavaScript/49)',
    `const P = 7; function f(a) { return (a + undefined) % P; }`,
    `const P = 7; function f(a) { return (a + P) % P; }`,
  ],
  [
    'a name that nothing declares (MdEval JavaScript/22)',
    `function f(a, b, c, d) { return c <= a && e <= d; }`,
    `function f(a, b, c, d) { return c <= a && b <= d; }`,
  ],
  [
    'each of its uses (MdEval JavaScript/18)',
    `function f(n) { let c = 0; while (num) { if (num & 1) c++; num >>>= 1; } return c; }`,
    `function f(n) { let c = 0; while (n) { if (n & 1) c++; n >>>= 1; } return c; }`,
  ],
  [
    'the declaration (MdEval JavaScript/24)',
    `function f(xs) { let total = 0; for (const x of xs) sum += x; return sum; }`,
    `function f(xs) { let sum = 0; for (const x of xs) sum += x; return sum; }`,
  ],
  ['a string that is a variable (HumanEvalFix JavaScript/162)', `const f = (text) => md5('text');`, `const f = (text) => md5(text);`],
  [
    'an arrow that lost its = (HumanEvalFix JavaScript/26)',
    `const f = (d, xs) => xs.filter(x > d[x] < 1);`,
    `const f = (d, xs) => xs.filter(x => d[x] < 1);`,
  ],
  [
    'an index that its loop no longer declares (HumanEvalFix JavaScript/109)',
    `function f(arr) { for (let j = 0; j < 3; j++) g(j); arr.push(arr[j]); }`,
    `function f(arr) { for (let j = 0; j < 3; j++) g(j); arr.push(arr[0]); }`,
  ],
];

describe('undeclared-name', () => {
  it.each(FIXES)('mends %s', (_, from, to) => {
    expect(textsOf(undeclaredName, from).map(bare)).toContain(bare(to));
  });

  it('leaves the host’s names alone', () => {
    expect(textsOf(undeclaredName, `setTimeout(process.exit);`).filter((text) => text.includes(`process;`))).toEqual([]);
  });
});
