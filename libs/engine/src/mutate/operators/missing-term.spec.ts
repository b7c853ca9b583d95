import { describe, expect, it } from '@jest/globals';
import { bare, textsOf } from '../testing.js';
import { missingTerm } from './missing-term.js';

/** Source, and what it should be. */
const FIXES: readonly (readonly [what: string, from: string, to: string])[] = [
  [
    'a separator (HumanEvalFix JavaScript/153)',
    `// ClassName.ExtensionName
function f(name, ext) { return name + ext[0]; }`,
    `// ClassName.ExtensionName
function f(name, ext) { return name + '.' + ext[0]; }`,
  ],
  [
    'half of a sum (HumanEvalFix JavaScript/71)',
    `const f = (a, b) => { a--; b--; const s = (a - b); return s; };`,
    `const f = (a, b) => { a--; b--; const s = ((a - b) / 2); return s; };`,
  ],
  ['a division by the base (HumanEvalFix JavaScript/155)', `num = num - num % 10;`, `num = (num - num % 10) / 10;`],
  ['a quote that is only closed (async, SWE-smith op_break_chains)', `f(name + '" timed out.');`, `f('"' + name + '" timed out.');`],
];

describe('missing-term', () => {
  it.each(FIXES)('mends %s', (_, from, to) => {
    expect(textsOf(missingTerm, from).map(bare)).toContain(bare(to));
  });
});
