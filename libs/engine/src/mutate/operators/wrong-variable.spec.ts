import { describe, expect, it } from '@jest/globals';
import { bare, textsOf } from '../testing.js';
import { wrongVariable } from './wrong-variable.js';

/** Source, and what it should be. */
const FIXES: readonly (readonly [what: string, from: string, to: string])[] = [
  [
    'the wrong one of two (HumanEvalFix JavaScript/37)',
    `const f = (l) => { const even = l.filter((x, i) => i % 2 == 0); l.sort(); return even; };`,
    `const f = (l) => { const even = l.filter((x, i) => i % 2 == 0); even.sort(); return even; };`,
  ],
  [
    'the bound of a loop (HumanEvalFix JavaScript/76)',
    `function f(x, n) { let power = 1; while (n < x) power = power * n; return power == x; }`,
    `function f(x, n) { let power = 1; while (power < x) power = power * n; return power == x; }`,
  ],
  [
    'an upper for a lower case name (dayjs issue 889)',
    `function f(H, M, m, s) { return H || M || s ? 'T' : ''; }`,
    `function f(H, M, m, s) { return H || m || s ? 'T' : ''; }`,
  ],
  [
    'undefined for a variable (MdEval JavaScript/49)',
    `const P = 7; function f(a) { return (a + undefined) % P; }`,
    `const P = 7; function f(a) { return (a + P) % P; }`,
  ],
  [
    'what is assigned (BugsJS express-9)',
    `function f(app) { let mount_path = app.p; let path = 1; app.mountpath = path; }`,
    `function f(app) { let mount_path = app.p; let path = 1; app.mountpath = mount_path; }`,
  ],
  ['a shorthand property keeps its key', `function f(a, b) { return { a }; }`, `function f(a, b) { return { a: b }; }`],
];

describe('wrong-variable', () => {
  it.each(FIXES)('mends %s', (_, from, to) => {
    expect(textsOf(wrongVariable, from).map(bare)).toContain(bare(to));
  });

  it('does not assign to a constant', () => {
    expect(textsOf(wrongVariable, `const limit = 3; let i = 0; i = 1;`).filter((text) => text.includes(`limit = 1`))).toEqual([]);
  });
});
