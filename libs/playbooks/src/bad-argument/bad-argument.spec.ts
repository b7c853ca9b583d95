import { describe, expect, it } from '@jest/globals';
import { heal } from '../shared/case.js';
import { badArgument } from './index.js';

const run = (message: string, source: string, at: string) =>
  heal(badArgument, { files: { 'a.js': source }, failure: { error: { name: 'TypeError', message } }, at: ['a.js', at] }).after;

describe('bad-argument', () => {
  // https://github.com/MariusAlch/json-to-ts/issues/18
  it('gives reduce a first value', () => {
    const source = 'const f = (name) => name.split(/\\s+/g).reduce(function (a, b) { return a + b; });\n';
    expect(run('Reduce of empty array with no initial value', source, 'reduce').slice(0, 3)).toContain(
      source.replace('; });', "; }, '');"),
    );
    expect(
      run('Reduce of empty array with no initial value', 'const f = (xs) => xs.reduce((a, b) => Math.max(a, b));\n', 'reduce')[0],
    ).toContain(', -Infinity)');
  });

  it.each([
    ['Cannot convert undefined or null to object', 'const f = (o) => Object.keys(o);\n', 'keys', 'Object.keys(o ?? {})'],
    ['Invalid array length', 'const f = (n) => new Array(n - 2).fill(0);\n', 'new Array', 'new Array(Math.max(0, n - 2))'],
    ['Invalid count value: -1', "const f = (n) => ' '.repeat(n - 2);\n", 'repeat', 'repeat(Math.max(0, n - 2))'],
    ['Do not know how to serialize a BigInt', 'const f = (x) => JSON.stringify(x);\n', 'stringify', "typeof value === 'bigint'"],
    [
      "Converting circular structure to JSON\n    --> starting at object with constructor 'Object'",
      'const f = (x) => JSON.stringify(x);\n',
      'stringify',
      'new WeakSet()',
    ],
    [
      'The "chunk" argument must be of type string or an instance of Buffer or Uint8Array. Received an instance of Object',
      'const f = (res, body) => res.end(body);\n',
      'end',
      'res.end(JSON.stringify(body))',
    ],
    [
      'The "path" argument must be of type string. Received type number (1)',
      'const f = (n) => path.join(n);\n',
      'join',
      'path.join(String(n))',
    ],
  ])('%s', (message, source, at, expected) => {
    expect(run(message, source, at)[0]).toContain(expected);
  });

  it('says nothing of other errors', () => {
    expect(run('no', 'Object.keys(x);\n', 'keys')).toEqual([]);
  });
});
