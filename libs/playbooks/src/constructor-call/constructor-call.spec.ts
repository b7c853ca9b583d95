import { describe, expect, it } from '@jest/globals';
import { heal } from '../shared/case.js';
import { constructorCall } from './index.js';

const run = (message: string, source: string, at: string) =>
  heal(constructorCall, { files: { 'a.js': source }, failure: { error: { name: 'TypeError', message } }, at: ['a.js', at] }).after[0];

describe('constructor-call', () => {
  // https://github.com/eslint/eslint/issues/8810
  it.each([
    ["Class constructor Test cannot be invoked without 'new'", 'class Test {}\nconst t = Test();\n', 'Test()', 'const t = new Test();'],
    ["Constructor Map requires 'new'", 'const m = Map([]);\n', 'Map(', 'const m = new Map([]);'],
    ["Promise constructor cannot be invoked without 'new'", 'const p = Promise((r) => r());\n', 'Promise(', 'const p = new Promise('],
    ['make is not a constructor', 'const make = () => 1;\nconst x = new make();\n', 'new make', 'const x = make();'],
    [
      "Must call super constructor in derived class before accessing 'this' or returning from derived constructor",
      'class A extends B {\n  constructor(x) {\n    this.x = x;\n  }\n}\n',
      'this.x',
      'constructor(x) {\n    super();\n    this.x = x;',
    ],
  ])('%s', (message, source, at, after) => {
    expect(run(message, source, at)).toContain(after);
  });

  it('says nothing of other errors', () => {
    expect(run('no', 'Test();\n', 'Test')).toBeUndefined();
  });
});
