import { describe, expect, it } from '@jest/globals';
import { type Candidate, failingProcess } from './failing.js';

const one = (pid: number, ancestors: number[], exitCode: number | null, more: Partial<Candidate> = {}): Candidate => ({
  pid,
  ancestors,
  exitCode,
  script: `/w/${pid}.js`,
  tests: [],
  ...more,
});
const failed = [{ state: 'failed' }];

describe('failingProcess', () => {
  it('is the deepest that exits with an error', () => {
    expect(failingProcess([one(1, [], 1), one(3, [2, 1], 1)])?.pid).toBe(3);
  });
  it('is the command itself when every child is content', () => {
    expect(failingProcess([one(1, [], 1), one(2, [1], 0)])?.pid).toBe(1);
  });
  it('is never a package manager', () => {
    const npm = { script: '/usr/lib/node_modules/npm/bin/npm-cli.js' };
    expect(failingProcess([one(1, [], 1, npm), one(2, [9, 1], 2)])?.pid).toBe(2);
    expect(failingProcess([one(1, [], 1, npm)])).toBeUndefined();
  });
  it('is the runner that tells of failed tests, not the program that a test has started', () => {
    expect(failingProcess([one(1, [], 1), one(2, [1], 1, { tests: failed }), one(3, [2, 1], 1), one(4, [3, 2, 1], 1)])?.pid).toBe(2);
    expect(failingProcess([one(2, [], 1, { error: { name: 'AssertionError' } }), one(3, [2], 1)])?.pid).toBe(2);
  });
  it('is not known when two are equally likely', () => {
    expect(failingProcess([one(1, [], 1), one(2, [1], 1), one(3, [1], 1)])).toBeUndefined();
  });
  it('is a child that was killed when its parent says nothing else, unless we have killed it', () => {
    expect(failingProcess([one(1, [], 1), one(2, [1], null)])?.pid).toBe(2);
    expect(failingProcess([one(1, [], 1), one(2, [1], null)], [2])?.pid).toBe(1);
    expect(failingProcess([one(1, [], 1, { error: { name: 'TypeError' } }), one(2, [1], null)])?.pid).toBe(1);
  });
});
