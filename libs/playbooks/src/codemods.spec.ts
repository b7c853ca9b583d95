import { describe, expect, it } from '@jest/globals';
import { codemodsFor } from './index.js';
import { snapshotOf } from './shared/case.js';

const files = {
  'lib/decoder.js': 'exports.read = function (key, o) {\n  key = key.toString();\n  return o[key];\n};\n',
  'test/a.test.js': 'read();\n',
};
const error = {
  name: 'TypeError',
  message: "Cannot read properties of null (reading 'toString')",
  stack:
    'TypeError: x\n    at exports.read (/tmp/sandbox/lib/decoder.js:2:13)\n    at /tmp/sandbox/test/a.test.js:1:1\n    at node:internal/timers:483:21',
};

describe('codemodsFor', () => {
  it('proposes fixes for an error without a route, among them the one of the authors (BugsJS hessian.js-9)', () => {
    const [first] = codemodsFor(error, snapshotOf(files), { root: '/tmp/sandbox' });
    expect(first).toMatchObject({ playbook: 'null-access', cause: 'key is null where it is read for toString' });
    expect(first?.proposals.map(({ template }) => template)).toEqual(
      expect.arrayContaining(['null-access/no-conversion', 'null-access/string-of']),
    );
    expect(first?.proposals.map(({ score }) => score)).toEqual(first?.proposals.map(({ score }) => score).sort((a, b) => b - a));
  });

  it('touches only what may be edited, and reads no frame outside of the root', () => {
    expect(codemodsFor(error, snapshotOf(files), { editable: (path) => path.startsWith('test/') })).toEqual([]);
    const [guess] = codemodsFor(error, snapshotOf(files), { root: '/elsewhere' });
    const [sure] = codemodsFor(error, snapshotOf(files), { root: '/tmp/sandbox' });
    expect(guess?.confidence).toBeLessThan(sure?.confidence ?? 0);
  });

  it('survives what no emitter would send', () => {
    expect(
      codemodsFor({ name: '', message: 'x'.repeat(100_000), stack: '('.repeat(100_000) }, snapshotOf({ 'a.js': '('.repeat(20_000) })),
    ).toEqual([]);
  });
});
