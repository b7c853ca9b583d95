import { describe, expect, it } from '@jest/globals';
import { bare, textsOf } from '../testing.js';
import { moveStatement } from './move-statement.js';

describe('move-statement', () => {
  it('moves a statement into the loop before it (MdEval JavaScript/44)', () => {
    expect(
      textsOf(
        moveStatement,
        `function f(n) {
  let a = 0;
  for (let i = 0; i <= n; i++) {
    g(i);
  }
  a += i;
  return a;
}`,
      ).map(bare),
    ).toContain(
      bare(`function f(n) {
  let a = 0;
  for (let i = 0; i <= n; i++) {
    g(i);
    a += i;
  }
  return a;
}`),
    );
  });

  it('moves a statement to the start of its function (async, SWE-smith ctrl_shuffle)', () => {
    expect(
      textsOf(
        moveStatement,
        `function f(callback) {
  if (none) callback(null);
  run(callback);
  callback = once(callback);
}`,
      ).map(bare),
    ).toContain(
      bare(`function f(callback) {
  callback = once(callback);
  if (none) callback(null);
  run(callback);
}`),
    );
  });

  it('swaps neighbours', () => {
    expect(
      textsOf(
        moveStatement,
        `function f(a, b) {
  a = b;
  b = 1;
}`,
      ).map(bare),
    ).toContain(
      bare(`function f(a, b) {
  b = 1;
  a = b;
}`),
    );
  });

  it('moves a statement out of a block', () => {
    expect(
      textsOf(
        moveStatement,
        `for (const x of xs) {
  sum += x;
  print(sum);
}`,
      ).map(bare),
    ).toContain(
      bare(`for (const x of xs) {
  sum += x;
}
print(sum);`),
    );
  });

  it('does not hide a declaration in a block', () => {
    expect(
      textsOf(
        moveStatement,
        `let len = n;
if (a) {
  b = len;
}`,
      ).map(bare),
    ).not.toContain(
      bare(`if (a) {
  let len = n;
  b = len;
}`),
    );
  });
});
