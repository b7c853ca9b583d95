import { describe, expect, it } from '@jest/globals';
import { bare, textsOf } from '../testing.js';
import { missingCall } from './missing-call.js';

/** Source, and what it should be. */
const FIXES: readonly (readonly [what: string, from: string, to: string])[] = [
  ['a distance without a sign (HumanEvalFix JavaScript/0)', `const d = a[i] - a[j];`, `const d = Math.abs(a[i] - a[j]);`],
  [
    'what the comment calls unique (HumanEvalFix JavaScript/34)',
    `// sorted unique elements
const f = (l) => l.sort((a, b) => a - b);`,
    `// sorted unique elements
const f = (l) => Array.from(new Set(l)).sort((a, b) => a - b);`,
  ],
  [
    'a function of the file (HumanEvalFix JavaScript/38)',
    `const enc = (s) => s; const dec = (s) => { return enc(s); };`,
    `const enc = (s) => s; const dec = (s) => { return enc(enc(s)); };`,
  ],
  [
    'the first element left out (HumanEvalFix JavaScript/62)',
    `const f = (xs) => xs.map((x, i) => x * i);`,
    `const f = (xs) => xs.map((x, i) => x * i).slice(1);`,
  ],
  ['numbers sorted as text (MDN, Array.prototype.sort)', `xs.sort();`, `xs.sort((a, b) => a - b);`],
  [
    'a copy by a method that is called elsewhere (dayjs issue 1023)',
    `function f(a, n) { g(a.clone()); return a.add(n); }`,
    `function f(a, n) { g(a.clone()); return a.clone().add(n); }`,
  ],
];

describe('missing-call', () => {
  it.each(FIXES)('mends %s', (_, from, to) => {
    expect(textsOf(missingCall, from).map(bare)).toContain(bare(to));
  });

  it('does not copy what is written to', () => {
    expect(textsOf(missingCall, `function f(p, i) { p[i] = 1; p.length = 2; }`).filter((text) => text.includes(`[...p]`))).toEqual([]);
  });
});
