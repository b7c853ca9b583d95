import { describe, expect, it } from '@jest/globals';
import { heal } from '../shared/case.js';
import { undefinedName } from './index.js';

const gone = (name: string) => ({ error: { name: 'ReferenceError', message: `${name} is not defined` } });
const run = (source: string, name: string, at: string, files: Record<string, string> = {}) =>
  heal(undefinedName, { files: { ...files, 'src/a.js': source }, failure: gone(name), at: ['src/a.js', at] }).after;

describe('undefined-name', () => {
  it.each([
    [
      "import { a } from './lib.js';\nexport const f = () => a(b());\n",
      "import { a, b } from './lib.js';\nexport const f = () => a(b());\n",
    ],
    [
      "import { c } from './other.js';\nexport const f = () => c(b());\n",
      "import { c } from './other.js';\nimport { b } from './lib.js';\nexport const f = () => c(b());\n",
    ],
  ])('imports what a module of the project exports', (before, after) => {
    const files = {
      'src/lib.ts': 'export const a = 1;\nexport function b() {}\n',
      'src/other.ts': 'export const c = 1;\n',
      'src/a.ts': before,
    };
    expect(heal(undefinedName, { files, failure: gone('b'), at: ['src/a.ts', 'b()'] }).after[0]).toBe(after);
  });

  it('takes the near name that is called with the same arguments next door', () => {
    const source =
      "import { findUser, dropUser } from 'users';\nexport const a = (id) => getUser(id);\nexport const b = (id) => findUser(id);\n";
    expect(run(source, 'getUser', 'getUser')[0]).toBe(source.replace('getUser', 'findUser'));
  });

  it('corrects a slip of the pen', () => {
    const source = 'export function f(total) {\n  return totl + 1;\n}\n';
    expect(run(source, 'totl', 'totl')[0]).toBe(source.replace('totl', 'total'));
  });

  it('declares what a merge lost, as the function next door does', () => {
    const source =
      'function a(req) {\n  const user = load(req.id);\n  return user.name;\n}\nfunction b(req) {\n  return user.age;\n}\nfunction load(id) {}\n';
    expect(run(source, 'user', 'user.age')[0]).toBe(source.replace('  return user.age', '  const user = load(req.id);\n  return user.age'));
  });

  it('replaces a name everywhere (MdEval JavaScript/18)', () => {
    const source = 'function f(n) {\n  let ans = 0;\n  while (num) {\n    if (num & 1) ans++;\n    num >>>= 1;\n  }\n  return ans;\n}\n';
    expect(run(source, 'num', 'num)')[0]).toBe(source.replaceAll('num', 'n'));
  });

  it('takes a parameter that nothing uses (MdEval JavaScript/19)', () => {
    const source = 'function f(letter) {\n  const code = number.charCodeAt(0);\n  return code;\n}\n';
    expect(run(source, 'number', 'number')).toContain(source.replace('number', 'letter'));
  });

  it('renames the declaration that nothing uses (MdEval JavaScript/24)', () => {
    const source = 'function f(n) {\n  let total = 0;\n  for (let i = 1; i <= n; ++i) {\n    sum += i;\n  }\n  return sum;\n}\n';
    expect(run(source, 'sum', 'sum')[0]).toBe(source.replace('total', 'sum'));
  });

  it('moves the use into the loop that declares the name, or the declaration out (MdEval JavaScript/44)', () => {
    const source =
      'function f(n, c) {\n  let ans = 0;\n  for (let i = 0; i < n; ++i) {\n    g(i);\n  }\n  ans += c[i - 1];\n  return ans;\n}\n';
    const after = run(source, 'i', 'i - 1');
    expect(after).toContain(
      'function f(n, c) {\n  let ans = 0;\n  for (let i = 0; i < n; ++i) {\n    g(i);\n    ans += c[i - 1];\n  }\n  return ans;\n}\n',
    );
    expect(after).toContain(source.replace('for (let i', 'let i;\n  for (i'));
  });

  it('sees the arrow that was mistyped, and an index (HumanEvalFix JavaScript/26, 109)', () => {
    expect(run('const f = (xs, d) => xs.filter(x > d[x] <= 1);\n', 'x', 'x >')[0]).toBe(
      'const f = (xs, d) => xs.filter(x => d[x] <= 1);\n',
    );
    expect(run('const f = (arr) => {\n  arr.push(arr[j]);\n};\n', 'j', 'j]')).toContain('const f = (arr) => {\n  arr.push(arr[0]);\n};\n');
  });

  it('declares a list that is pushed to, outside of the callback (SWE-smith async, remove_assign 3dl1s2de)', () => {
    const source = 'function filter(each, coll) {\n  each(coll, (x) => {\n    results.push(x);\n  }, () => results.sort());\n}\n';
    expect(run(source, 'results', 'results.push')[0]).toBe(source.replace('  each(', '  let results = [];\n  each('));
  });

  it.each([
    ['for (i = 0; i < 3; i++) f(i);', 'i', 'for (let i = 0; i < 3; i++) f(i);'],
    ['for (x of xs) f(x);', 'x', 'for (const x of xs) f(x);'],
    ['x = 1;\n  g(x);', 'x', 'let x = 1;\n  g(x);'],
  ])('declares where it is first set: %s', (before, name, after) => {
    const wrap = (text: string) => `'use strict';\nfunction h(xs) {\n  ${text}\n}\n`;
    expect(run(wrap(before), name, before)[0]).toBe(wrap(after));
  });

  it('loads a module of Node (https://github.com/restify/node-restify/issues/44)', () => {
    expect(run("var a = require('./b');\nutil.inherits(a, Error);\n", 'util', 'util.')[0]).toBe(
      "var a = require('./b');\nconst util = require('util');\nutil.inherits(a, Error);\n",
    );
    expect(run("import a from './b.js';\na(readFileSync('x'));\n", 'readFileSync', 'readFile')).toContain(
      "import a from './b.js';\nimport { readFileSync } from 'fs';\na(readFileSync('x'));\n",
    );
  });

  it('requires what another CommonJS file exports, as other files do', () => {
    const lib = 'module.exports = { total, tax };\nfunction total() {}\nfunction tax() {}\n';
    expect(
      run("const { tax } = require('./lib');\nmodule.exports = () => total(tax());\n", 'total', 'total', { 'src/lib.js': lib })[0],
    ).toContain("const { tax, total } = require('./lib');");
    expect(run("const lib = require('./lib');\nmodule.exports = () => total();\n", 'total', 'total', { 'src/lib.js': lib })[0]).toContain(
      'lib.total()',
    );
    const other = "const money = require('../src/money');\n";
    expect(
      run('module.exports = () => money(1);\n', 'money', 'money', {
        'test/b.js': other,
        'src/money.js': 'module.exports = (n) => n;\n',
      })[0],
    ).toBe("const money = require('./money');\nmodule.exports = () => money(1);\n");
  });

  it('reaches it where it lives: on the options, on this (https://github.com/brianleroux/tiny-json-http/issues/36)', () => {
    const source = 'function write(options, opts) {\n  if (options.timeout) {\n    opts.timeout = timeout;\n  }\n}\n';
    expect(run(source, 'timeout', 'timeout;')[0]).toBe(source.replace('= timeout', '= options.timeout'));
    const cls = 'class A {\n  #x = 1;\n  size() { return 1; }\n  twice() { return 2 * size(); }\n}\n';
    expect(run(cls, 'size', 'size(); }\n}')[0]).toBe(cls.replace('2 * size', '2 * this.size'));
  });

  it.each([
    ['requiere', "const a = requiere('a');\n", "const a = require('a');\n"], // https://github.com/nodejs/help/issues/3796
    ['None', 'let a = None;\n', 'let a = null;\n'],
    ['len', 'const f = (xs) => len(xs) > 1;\n', 'const f = (xs) => xs.length > 1;\n'],
    ['Maht', 'const f = (x) => Maht.floor(x);\n', 'const f = (x) => Math.floor(x);\n'],
  ])('puts a global right: %s', (name, before, after) => {
    expect(run(before, name, name)[0]).toBe(after);
  });

  it('says nothing of other errors', () => {
    expect(heal(undefinedName, { files: { 'a.ts': 'x;\n' }, failure: { error: { message: 'x failed' } } }).diagnosis).toBeNull();
  });
});
