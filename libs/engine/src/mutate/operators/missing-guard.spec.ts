import { describe, expect, it } from '@jest/globals';
import { bare, textsOf } from '../testing.js';
import { missingGuard } from './missing-guard.js';

describe('missing-guard', () => {
  it('returns a value that the function returns elsewhere when there is no input (dayjs issue 1209)', () => {
    expect(
      textsOf(
        missingGuard,
        `function offset(string) {
  const parts = string.match(/x/g);
  if (parts) return 0;
  return parts[0];
}`,
      ).map(bare),
    ).toContain(
      bare(`function offset(string) {
  if (!string) return 0;
  const parts = string.match(/x/g);
  if (parts) return 0;
  return parts[0];
}`),
    );
  });

  it('passes an error on (async)', () => {
    expect(
      textsOf(
        missingGuard,
        `function next(callback) {
  run((err, value) => {
    callback(null, value);
  });
}`,
      ).map(bare),
    ).toContain(
      bare(`function next(callback) {
  run((err, value) => {
    if (err) return callback(err);
    callback(null, value);
  });
}`),
    );
  });

  it('does a statement of two loops only for equals (HumanEvalFix JavaScript/58)', () => {
    expect(
      textsOf(
        missingGuard,
        `function common(l1, l2, ret) {
  for (const e1 of l1)
    for (const e2 of l2)
      ret.add(e1);
  return ret === l1;
}`,
      ).map(bare),
    ).toContain(
      bare(`function common(l1, l2, ret) {
  for (const e1 of l1)
    for (const e2 of l2)
      if (e1 === e2) ret.add(e1);
  return ret === l1;
}`),
    );
  });

  it('matches nothing when there is no path (express Layer.match, BugsJS express-14)', () => {
    expect(
      textsOf(
        missingGuard,
        `Layer.prototype.match = function match(path) {
  if (!this.ok(path)) return false;
  return true;
}`,
      ).map(bare),
    ).toContain(
      bare(`Layer.prototype.match = function match(path) {
  if (path == null) return false;
  if (!this.ok(path)) return false;
  return true;
}`),
    );
  });
});
