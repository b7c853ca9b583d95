import { describe, expect, it } from '@jest/globals';
import { heal } from '../shared/case.js';
import { undefinedName } from './index.js';

const gone = (name: string) => ({ error: { name: 'ReferenceError', message: `${name} is not defined` } });

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
    expect(heal(undefinedName, { files: { 'a.ts': source }, failure: gone('getUser'), at: ['a.ts', 'getUser'] }).after[0]).toBe(
      source.replace('getUser', 'findUser'),
    );
  });

  it('corrects a slip of the pen', () => {
    const source = 'export function f(total: number) {\n  return totl + 1;\n}\n';
    expect(heal(undefinedName, { files: { 'a.ts': source }, failure: gone('totl'), at: ['a.ts', 'totl'] }).after[0]).toBe(
      source.replace('totl', 'total'),
    );
  });

  it('declares what a merge lost, as the function next door does', () => {
    const source =
      'function a(req) {\n  const user = load(req.id);\n  return user.name;\n}\nfunction b(req) {\n  return user.age;\n}\nfunction load(id) {}\n';
    expect(heal(undefinedName, { files: { 'a.ts': source }, failure: gone('user'), at: ['a.ts', 'user.age'] }).after[0]).toBe(
      source.replace('  return user.age', '  const user = load(req.id);\n  return user.age'),
    );
  });

  it.each([
    ['names.pussh is not a function', 'const names: string[] = [];\nnames.pussh(1);\n', 'names.push(1)'],
    ['db.findone is not a function', "import * as db from './db.js';\nexport const f = () => db.findone();\n", 'db.findOne()'],
    ['text.trimm is not a function', "const text = 'a';\ntext.trimm();\n", 'text.trim()'],
  ])('calls the method that there is: %s', (message, source, after) => {
    const files = { 'a.ts': source, 'db.ts': 'export function findOne() {}\n' };
    const [, method] = /\.(\w+) is/.exec(message) ?? [];
    expect(
      heal(undefinedName, { files, failure: { error: { name: 'TypeError', message } }, at: ['a.ts', method ?? ''] }).after[0],
    ).toContain(after);
  });

  it('says nothing of other errors', () => {
    expect(heal(undefinedName, { files: { 'a.ts': 'x;\n' }, failure: { error: { message: 'x failed' } } }).diagnosis).toBeNull();
  });
});
