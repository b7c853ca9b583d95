import { describe, expect, it } from '@jest/globals';
import { bare, textsOf } from '../testing.js';
import { missingReturn } from './missing-return.js';

describe('missing-return', () => {
  it('returns what is only called (async: "if result is a Promise, return handlePromise(...)")', () => {
    expect(
      textsOf(
        missingReturn,
        `function f(result, callback) {
  if (result.then) {
    handlePromise(result, callback)
  }
}`,
      ).map(bare),
    ).toContain(
      bare(`function f(result, callback) {
  if (result.then) {
    return handlePromise(result, callback)
  }
}`),
    );
  });

  it('returns the result that is built up', () => {
    expect(
      textsOf(
        missingReturn,
        `function f(xs) {
  const result = [];
  for (const x of xs) result.push(x);
}`,
      ).map(bare),
    ).toContain(
      bare(`function f(xs) {
  const result = [];
  for (const x of xs) result.push(x);
  return result;
}`),
    );
  });

  it('says nothing outside functions', () => {
    expect(textsOf(missingReturn, `go();`).map(bare)).not.toContain(bare(`return go();`));
  });
});
