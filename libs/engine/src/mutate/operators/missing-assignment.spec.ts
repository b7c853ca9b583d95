import { describe, expect, it } from '@jest/globals';
import { bare, textsOf } from '../testing.js';
import { missingAssignment } from './missing-assignment.js';

describe('missing-assignment', () => {
  it('completes a swap (HumanEvalFix JavaScript/105)', () => {
    expect(
      textsOf(
        missingAssignment,
        `function f(p, j, ind) {
  let tmp = p[j]
  p[ind] = tmp
}`,
      ).map(bare),
    ).toContain(
      bare(`function f(p, j, ind) {
  let tmp = p[j]
  p[j] = p[ind]
  p[ind] = tmp
}`),
    );
  });

  it('assigns a part of the statement before (HumanEvalFix JavaScript/156)', () => {
    expect(
      textsOf(
        missingAssignment,
        `function f(number, num) {
  let div = (number - number % num) / num
  while (div) { div -= 1 }
}`,
      ).map(bare),
    ).toContain(
      bare(`function f(number, num) {
  let div = (number - number % num) / num
  number = number % num
  while (div) { div -= 1 }
}`),
    );
  });

  it('counts what is declared as a count and never changed', () => {
    expect(
      textsOf(
        missingAssignment,
        `function f(xs) {
  let n = 0;
  for (const x of xs) {
    g(x);
  }
  return n;
}`,
      ).map(bare),
    ).toContain(
      bare(`function f(xs) {
  let n = 0;
  for (const x of xs) {
    g(x);
    n++;
  }
  return n;
}`),
    );
  });

  it('sets a result that is never set (async doWhilst, SWE-smith remove_assign)', () => {
    expect(
      textsOf(
        missingAssignment,
        `function f(g) {
  var results;
  function next(err, rest) {
    if (err) return g(err);
    g(results);
  }
  return next;
}`,
      ).map(bare),
    ).toContain(
      bare(`function f(g) {
  var results;
  function next(err, rest) {
    if (err) return g(err);
    results = rest;
    g(results);
  }
  return next;
}`),
    );
  });
});
