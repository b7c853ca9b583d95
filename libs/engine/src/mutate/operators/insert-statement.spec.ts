import { describe, expect, it } from '@jest/globals';
import { bare, textsOf } from '../testing.js';
import { insertStatement } from './insert-statement.js';

describe('insert-statement', () => {
  it('adds the check that the sibling function has (async, SWE-smith remove_cond)', () => {
    expect(
      textsOf(
        insertStatement,
        `function f(_test, callback) {
  function next(err) {
    if (err === false) return;
    _test(check);
  }
  function check(err) {
    if (err) return callback(err);
    if (err === false) return;
    next();
  }
}`,
      ).map(bare),
    ).toContain(
      bare(`function f(_test, callback) {
  function next(err) {
    if (err) return callback(err);
    if (err === false) return;
    _test(check);
  }
  function check(err) {
    if (err) return callback(err);
    if (err === false) return;
    next();
  }
}`),
    );
  });

  it('renames a variable that is not known there', () => {
    expect(
      textsOf(
        insertStatement,
        `function f(list) {
  list.sort();
  return list;
}
function g(items) {
  return items;
}`,
      ).map(bare),
    ).toContain(
      bare(`function f(list) {
  list.sort();
  return list;
}
function g(items) {
  items.sort();
  return items;
}`),
    );
  });
});
