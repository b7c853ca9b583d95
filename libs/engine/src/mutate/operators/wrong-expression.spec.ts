import { describe, expect, it } from '@jest/globals';
import { bare, textsOf } from '../testing.js';
import { wrongExpression } from './wrong-expression.js';

/** Source, and what it should be. */
const FIXES: readonly (readonly [what: string, from: string, to: string])[] = [
  [
    'the formula of the comment (HumanEvalFix JavaScript/147)',
    `// a[i] = i * i - i + 1
function f(n, y) { for (let i = 1; i <= n; i++) { y.push(i); } }`,
    `// a[i] = i * i - i + 1
function f(n, y) { for (let i = 1; i <= n; i++) { y.push(i * i - i + 1); } }`,
  ],
  [
    'an expression of the function (HumanEvalFix JavaScript/50)',
    `const f = (ch) => (ch.charCodeAt(0) - "a".charCodeAt(0)) % 26 + ch.charCodeAt(0);`,
    `const f = (ch) => (ch.charCodeAt(0) - "a".charCodeAt(0)) % 26 + "a".charCodeAt(0);`,
  ],
  ['a step that is only read (MdEval JavaScript/40)', `w[j][q];`, `w[j][q]++;`],
];

describe('wrong-expression', () => {
  it.each(FIXES)('mends %s', (_, from, to) => {
    expect(textsOf(wrongExpression, from).map(bare)).toContain(bare(to));
  });

  it('does not take what is not in scope', () => {
    expect(
      textsOf(wrongExpression, `function f() { g((x) => h(x.a)); return k(1 + 2, b); }`).filter((text) => text.includes(`k(x.a`)),
    ).toEqual([]);
  });
});
