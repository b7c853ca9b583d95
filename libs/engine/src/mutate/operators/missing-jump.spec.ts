import { describe, expect, it } from '@jest/globals';
import { bare, textsOf } from '../testing.js';
import { missingJump } from './missing-jump.js';

describe('missing-jump', () => {
  it('ends a case that falls through (ESLint no-fallthrough)', () => {
    expect(
      textsOf(
        missingJump,
        `switch (x) {
  case 1:
    y = 1;
  case 2:
    y = 2;
}`,
      ).map(bare),
    ).toContain(
      bare(`switch (x) {
  case 1:
    y = 1;
    break;
  case 2:
    y = 2;
}`),
    );
  });

  it('leaves a loop where the special case is found', () => {
    expect(
      textsOf(
        missingJump,
        `for (const x of xs) {
  if (x === y) {
    at = x;
  }
}`,
      ).map(bare),
    ).toContain(
      bare(`for (const x of xs) {
  if (x === y) {
    at = x;
    break;
  }
}`),
    );
  });

  it('ends a function after its special case', () => {
    expect(
      textsOf(
        missingJump,
        `function f(err, cb) {
  if (err) cb(err);
  cb(null, 1);
}`,
      ).map(bare),
    ).toContain(
      bare(`function f(err, cb) {
  if (err) { cb(err); return; }
  cb(null, 1);
}`),
    );
  });
});
