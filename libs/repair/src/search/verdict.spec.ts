import { describe, expect, it } from '@jest/globals';
import type { TestResult, TestRun } from '../oracle/oracle.js';
import { mendedBy, verdictOf } from './verdict.js';

const test = (id: string, state: TestResult['state'], message = 'expected 1'): TestResult =>
  state === 'failed' ? { id, state, error: { name: 'AssertionError', message, stack: '' } } : { id, state };
const run = (tests: TestResult[], outcome: TestRun['outcome'] = 'failed'): TestRun => ({ outcome, tests, ms: 1 });
const base = run([test('a', 'failed'), test('b', 'failed'), test('c', 'passed')]);

describe('what a run says against the base', () => {
  it.each([
    ['plausible when the command passes', run([test('a', 'passed')], 'passed'), 'plausible'],
    ['better when one is mended and none is lost', run([test('a', 'passed'), test('b', 'failed'), test('c', 'passed')]), 'better'],
    ['nothing when what passed is lost', run([test('a', 'passed'), test('b', 'passed'), test('c', 'failed')]), 'no'],
    ['nothing when a new test fails', run([test('a', 'passed'), test('b', 'failed'), test('d', 'failed')]), 'no'],
    ['other when it fails differently', run([test('a', 'failed', 'expected 2'), test('b', 'failed')]), 'other'],
    ['nothing when nothing changed', run([test('a', 'failed'), test('b', 'failed'), test('c', 'passed')]), 'no'],
    ['nothing when it crashed', run([test('a', 'passed')], 'crashed'), 'no'],
    ['nothing when it was stopped', run([test('a', 'passed')], 'timeout'), 'no'],
  ])('%s', (_, candidate, verdict) => {
    expect(verdictOf(base, candidate)).toBe(verdict);
  });

  it('counts what was mended', () => {
    expect(mendedBy(base, run([test('a', 'passed'), test('b', 'passed'), test('c', 'failed')]))).toBe(2);
  });
});
