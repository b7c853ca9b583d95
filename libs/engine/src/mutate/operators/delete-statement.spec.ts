import { describe, expect, it } from '@jest/globals';
import { bare, textsOf } from '../testing.js';
import { deleteStatement } from './delete-statement.js';

describe('delete-statement', () => {
  it('removes a line', () => {
    expect(
      textsOf(
        deleteStatement,
        `function f(p) {
  p += 1;
  p += 2;
  return p;
}`,
      ).map(bare),
    ).toContain(
      bare(`function f(p) {
  p += 1;
  return p;
}`),
    );
  });

  it('removes an excess check (HumanEvalFix JavaScript/136)', () => {
    expect(textsOf(deleteStatement, `function f(a, b, x) { if (x < 0) { b = x } if (x < a) { b = a } return b }`).map(bare)).toContain(
      bare(`function f(a, b, x) { if (x < 0) { b = x }  return b }`),
    );
  });

  it('removes a guard and keeps what it guards', () => {
    expect(
      textsOf(
        deleteStatement,
        `function f(cb) {
  if (cb.ready) {
    cb();
  }
}`,
      ).map(bare),
    ).toContain(
      bare(`function f(cb) {
  cb();
}`),
    );
  });

  it('removes an else branch', () => {
    expect(textsOf(deleteStatement, `if (a) one(); else two();`).map(bare)).toContain(bare(`if (a) one();`));
  });

  it('keeps function declarations', () => {
    expect(textsOf(deleteStatement, `function f() { return 1; }`).map(bare)).not.toContain(bare(``));
  });
});
