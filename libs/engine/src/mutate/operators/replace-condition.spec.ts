import { describe, expect, it } from '@jest/globals';
import { bare, textsOf } from '../testing.js';
import { replaceCondition } from './replace-condition.js';

describe('replace-condition', () => {
  it('checks an object before it is read (dayjs issue 1201)', () => {
    expect(
      textsOf(
        replaceCondition,
        `function diff(input) {
  if (this.$u === input.$u) {
    return 1;
  }
}`,
      ).map(bare),
    ).toContain(
      bare(`function diff(input) {
  if (input && this.$u === input.$u) {
    return 1;
  }
}`),
    );
  });

  it('checks it in a returned condition, too (dayjs issue 2175)', () => {
    expect(textsOf(replaceCondition, `const isObject = obj => !(obj instanceof Date) && obj.constructor.name === N`).map(bare)).toContain(
      bare(`const isObject = obj => obj !== null && !(obj instanceof Date) && obj.constructor.name === N`),
    );
  });

  it('takes another condition of the file', () => {
    expect(
      textsOf(
        replaceCondition,
        `function f(depth, max) {
  if (depth > max) return false;
  while (depth) depth--;
  if (depth < 0) return true;
}`,
      ).map(bare),
    ).toContain(
      bare(`function f(depth, max) {
  if (depth > max) return false;
  while (depth) depth--;
  if (depth > max) return true;
}`),
    );
  });

  it('takes none with unknown names', () => {
    expect(
      textsOf(
        replaceCondition,
        `function f(a) {
  if (a) return 1;
}
function g(b) {
  if (b > 2) return 1;
}`,
      ).map(bare),
    ).not.toContain(
      bare(`function f(a) {
  if (b > 2) return 1;
}
function g(b) {
  if (b > 2) return 1;
}`),
    );
  });
});
