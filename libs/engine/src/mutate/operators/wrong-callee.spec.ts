import { describe, expect, it } from '@jest/globals';
import { bare, textsOf } from '../testing.js';
import { wrongCallee } from './wrong-callee.js';

/** Source, and what it should be. */
const FIXES: readonly (readonly [what: string, from: string, to: string])[] = [
  [
    'a function of the file (ManySStuBs4J wrong function name)',
    `function isOdd(n) {} function isEven(n) {} g(isOdd(2));`,
    `function isOdd(n) {} function isEven(n) {} g(isEven(2));`,
  ],
  [
    'a function that nothing declares (TSSB-3M change identifier used)',
    `const parseRow = (r) => r; f(parseRows(1));`,
    `const parseRow = (r) => r; f(parseRow(1));`,
  ],
];

describe('wrong-callee', () => {
  it.each(FIXES)('mends %s', (_, from, to) => {
    expect(textsOf(wrongCallee, from).map(bare)).toContain(bare(to));
  });

  it('leaves require alone', () => {
    expect(textsOf(wrongCallee, `const load = (x) => x; const a = require('a');`).filter((text) => text.includes(`load('a')`))).toEqual([]);
  });
});
