import { describe, expect, it } from '@jest/globals';
import { bare, textsOf } from '../testing.js';
import { missingDeclaration } from './missing-declaration.js';

describe('missing-declaration', () => {
  it('declares a list that is pushed to (async filter, SWE-smith remove_assign)', () => {
    expect(
      textsOf(
        missingDeclaration,
        `function filter(eachfn, coll, callback) {
  eachfn(coll, (x) => {
    results.push(x);
  }, () => callback(null, results));
}`,
      ).map(bare),
    ).toContain(
      bare(`function filter(eachfn, coll, callback) {
  let results = [];
  eachfn(coll, (x) => {
    results.push(x);
  }, () => callback(null, results));
}`),
    );
  });

  it('starts a sum at 0', () => {
    expect(
      textsOf(
        missingDeclaration,
        `function f(xs) {
  for (const x of xs) total += x;
  return total;
}`,
      ).map(bare),
    ).toContain(
      bare(`function f(xs) {
  let total = 0;
  for (const x of xs) total += x;
  return total;
}`),
    );
  });

  it('takes the value of the same name elsewhere (async DLL.remove)', () => {
    expect(
      textsOf(
        missingDeclaration,
        `class L {
  a() {
    var curr = this.head;
    return curr;
  }
  b() {
    while (curr) curr = curr.next;
  }
}`,
      ).map(bare),
    ).toContain(
      bare(`class L {
  a() {
    var curr = this.head;
    return curr;
  }
  b() {
    var curr = this.head;
    while (curr) curr = curr.next;
  }
}`),
    );
  });

  it('leaves globals alone', () => {
    expect(textsOf(missingDeclaration, `function f() { return Math.max(1, 2); }`).map(bare)).not.toContain(
      bare(`function f() { let Math; return Math.max(1, 2); }`),
    );
  });
});
