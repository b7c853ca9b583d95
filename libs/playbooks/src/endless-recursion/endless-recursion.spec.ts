import { describe, expect, it } from '@jest/globals';
import { heal } from '../shared/case.js';
import { endlessRecursion } from './index.js';

const run = (source: string, at: string) =>
  heal(endlessRecursion, {
    files: { 'a.js': source },
    failure: { error: { name: 'RangeError', message: 'Maximum call stack size exceeded' } },
    at: ['a.js', at],
  }).after;

describe('endless-recursion', () => {
  // https://github.com/nodejs/node/issues/16573
  it('keeps the value of an accessor in another field', () => {
    const source = 'class MyClass {\n  constructor(uid) {\n    this.id = uid;\n  }\n  set id(uid) {\n    this.id = uid;\n  }\n}\n';
    expect(run(source, 'this.id = uid;\n  }\n}')[0]).toBe(source.replace('set id(uid) {\n    this.id', 'set id(uid) {\n    this._id'));
  });

  it('ends at the smallest value, with what suits the result', () => {
    expect(run('function fact(n) {\n  return n * fact(n - 1);\n}\n', 'fact(n - 1)')).toContain(
      'function fact(n) {\n  if (n <= 1) return 1;\n  return n * fact(n - 1);\n}\n',
    );
    expect(run('function sum(xs) {\n  return xs[0] + sum(xs.slice(1));\n}\n', 'sum(xs.s')).toContain(
      'function sum(xs) {\n  if (xs.length === 0) return 0;\n  return xs[0] + sum(xs.slice(1));\n}\n',
    );
  });

  it('goes one step on', () => {
    expect(run('function f(n) {\n  if (n === 0) return 0;\n  return 1 + f(n);\n}\n', 'f(n);')[0]).toContain('1 + f(n - 1)');
  });

  it('says nothing of other errors', () => {
    expect(heal(endlessRecursion, { files: { 'a.js': '' }, failure: { error: { message: 'no' } } }).diagnosis).toBeNull();
  });
});
