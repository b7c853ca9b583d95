import { describe, expect, it } from '@jest/globals';
import { heal } from '../shared/case.js';
import { notAFunction } from './index.js';

const fails = (message: string) => ({ error: { name: 'TypeError', message: `${message} is not a function` } });
const run = (source: string, callee: string, at: string, files: Record<string, string> = {}) =>
  heal(notAFunction, { files: { ...files, 'src/a.js': source }, failure: fails(callee), at: ['src/a.js', at] });
/** The changed file after each proposal. */
const after = (...args: Parameters<typeof run>) => run(...args).after;

describe('not-a-function', () => {
  it.each([
    ['names.pussh', 'const names = [];\nnames.pussh(1);\n', 'names.push(1)'],
    ['db.findone', "import * as db from './db.js';\nexport const f = () => db.findone();\n", 'db.findOne()'],
    ['text.trimm', "const text = 'a';\ntext.trimm();\n", 'text.trim()'],
  ])('calls the method that there is: %s', (callee, source, expected) => {
    const method = callee.split('.').at(-1) ?? '';
    expect(after(source, callee, method, { 'src/db.js': 'export function findOne() {}\n' })[0]).toContain(expected);
  });

  it('tries the methods that are called with such arguments when none is near (MdEval JavaScript/26)', () => {
    const source = 'function f(character) {\n  return character.badMethod(0);\n}\n';
    expect(after(source, 'character.badMethod', 'badMethod').slice(0, 5)).toContain(source.replace('badMethod', 'charCodeAt'));
  });

  it('reads a property that is no method', () => {
    expect(after('const f = (xs) => xs.length() > 1;\n', 'xs.length', 'length')[0]).toBe('const f = (xs) => xs.length > 1;\n');
  });

  it.each([
    ['arguments.map', 'function f() {\n  return arguments.map((x) => x);\n}\n', 'Array.from(arguments).map'],
    ['x.split', 'const f = (x) => x.split(1);\n', 'String(x).split'],
    ['x.toFixed', 'const f = (x) => x.toFixed(2);\n', 'Number(x).toFixed'],
    ['x.getTime', 'const f = (x) => x.getTime();\n', 'new Date(x).getTime'],
    ['p.then', 'const f = (p) => p.then(g);\n', 'Promise.resolve(p).then'],
    ['byId.map', 'const f = (byId) => byId.map(g);\n', 'Object.values(byId).map'],
  ])('makes the value one that has the method: %s', (callee, source, expected) => {
    expect(after(source, callee, callee.split('.')[1] ?? '').join('\n')).toContain(expected);
  });

  it('does without a callback that was not passed (https://github.com/Turfjs/turf/pull/117)', () => {
    const source =
      'module.exports = function (features, done) {\n  const e = extent(features);\n  done(null, e);\n};\nfunction extent() {}\n';
    const texts = after(source, 'done', 'done(');
    expect(texts).toContain(source.replace('done) {', 'done = () => {}) {'));
    expect(texts).toContain(source.replace('  done(', "  if (typeof done === 'function') done("));
  });

  it('shifts the arguments when the one before was left out (https://github.com/mongodb/node-mongodb-native/pull/95)', () => {
    const source = 'function update(doc, options, callback) {\n  callback(null, doc);\n}\n';
    expect(after(source, 'callback', 'callback(').join('\n')).toContain(
      "  if (typeof options === 'function') {\n    callback = options;\n    options = undefined;\n  }\n",
    );
  });

  it('takes the default export (https://github.com/tjmehta/error-to-json/issues/6)', () => {
    const files = { 'src/lib.js': 'Object.defineProperty(exports, "__esModule", {});\nexports.default = function toJson() {};\n' };
    expect(after("const toJson = require('./lib');\ntoJson(1);\n", 'toJson', 'toJson(1)', files)[0]).toBe(
      "const toJson = require('./lib').default;\ntoJson(1);\n",
    );
  });

  it('takes one of several exports, or the whole', () => {
    expect(
      after("const total = require('./lib');\ntotal(1);\n", 'total', 'total(1)', { 'src/lib.js': 'module.exports = { total() {} };\n' })[0],
    ).toBe("const { total } = require('./lib');\ntotal(1);\n");
    expect(
      after("const { total } = require('./lib');\ntotal(1);\n", 'total', 'total(1)', {
        'src/lib.js': 'module.exports = function () {};\n',
      })[0],
    ).toBe("const total = require('./lib');\ntotal(1);\n");
  });

  it('exports what is there and was forgotten, or misspelt', () => {
    const test = "const lib = require('./lib');\nlib.total(1);\n";
    expect(
      after(test, 'lib.total', 'total', { 'src/lib.js': 'function total() {}\nfunction tax() {}\nmodule.exports = { tax };\n' })[0],
    ).toContain('module.exports = { tax, total };');
    expect(after(test, 'lib.total', 'total', { 'src/lib.js': 'exports.totl = function () {};\n' })).toContain(
      'exports.total = function () {};\n',
    );
  });

  it('keeps this in a callback', () => {
    const source = 'class A {\n  all(xs) {\n    return xs.map(function (x) {\n      return this.one(x);\n    });\n  }\n  one(x) {}\n}\n';
    expect(after(source, 'this.one', 'one(x);')[0]).toContain('xs.map((x) => {\n');
  });

  it('says nothing of other errors', () => {
    expect(heal(notAFunction, { files: { 'a.js': 'x();\n' }, failure: { error: { message: 'x is not defined' } } }).diagnosis).toBeNull();
  });
});
