import { describe, expect, it } from '@jest/globals';
import { bare, textsOf } from '../testing.js';
import { wrongArgument } from './wrong-argument.js';

/** Source, and what it should be. */
const FIXES: readonly (readonly [what: string, from: string, to: string])[] = [
  ['receiver and arguments of apply (async, SWE-smith arg_swap)', `fn.apply(args, this);`, `fn.apply(this, args);`],
  ['a spread that should be last (async, SWE-smith arg_swap)', `callback(...args, err);`, `callback(err, ...args);`],
  [
    'a callback that should be last (async, SWE-smith arg_swap)',
    `iteratee((err, v) => { f(); }, x);`,
    `iteratee(x, (err, v) => { f(); });`,
  ],
  [
    'the parameters (async, SWE-smith arg_swap)',
    `const q = { push (callback, data) { g(); } };`,
    `const q = { push (data, callback) { g(); } };`,
  ],
  [
    'the receiver and the argument (HumanEvalFix JavaScript/7)',
    `const f = (ss, sub) => ss.filter(x => sub.indexOf(x) != -1);`,
    `const f = (ss, sub) => ss.filter(x => x.indexOf(sub) != -1);`,
  ],
  [
    'a list for its elements (HumanEvalFix JavaScript/114)',
    `const f = (nums) => Math.min(nums);`,
    `const f = (nums) => Math.min(...nums);`,
  ],
  ['an argument too many (ManySStuBs4J fewer arguments)', `f(a, b, c);`, `f(a, b);`],
  [
    'one that the function takes and the call lacks (ManySStuBs4J more arguments)',
    `function g(a, depth) {} function f(a, depth) { g(a); }`,
    `function g(a, depth) {} function f(a, depth) { g(a, depth); }`,
  ],
];

describe('wrong-argument', () => {
  it.each(FIXES)('mends %s', (_, from, to) => {
    expect(textsOf(wrongArgument, from).map(bare)).toContain(bare(to));
  });

  it('leaves require alone', () => {
    expect(textsOf(wrongArgument, `const a = require('a', b);`).filter((text) => text.includes(`require(b`))).toEqual([]);
  });
});
