import { describe, expect, it } from '@jest/globals';
import type { FixAttempt, FixReason } from '../report.js';
import { type Ending, reportOf } from './ending.js';

const attempt = (outcome: FixAttempt['outcome'], reason = ''): FixAttempt => ({
  summary: '+ for -',
  template: 'wrong-operator',
  diff_stat: '+1 -1',
  outcome,
  reason,
});
const winner: Ending['winner'] = {
  candidate: {
    patch: new Map([['a.js', 'new']]),
    origin: 'mutation',
    template: 'wrong-operator',
    summary: '+ for -',
    path: 'a.js',
    line: 3,
    prior: 0.1,
    size: 2,
  },
  verdict: 'plausible',
  run: { outcome: 'passed', tests: [], ms: 1 },
  order: 0,
  confidence: 0.9,
  diff: '--- a/a.js\n+++ b/a.js\n',
  files: [{ path: 'a.js', before: 'old', after: 'new' }],
};

describe('the report of a heal', () => {
  it('has the patch, what it is made of and how sure it is', () => {
    const cause = { summary: 'AssertionError: 1 == 2', category: 'logic', location: { path: 'a.js', line: 3 } };
    const report = reportOf({ winner, cause, tried: 7, attempts: [attempt('proven')] }, 1234.6);
    expect(report).toEqual({
      status: 'healed',
      reason: null,
      message: '+ for -: the command passes',
      cause,
      playbook: 'mutation/wrong-operator',
      engine: 'rules',
      confidence: 0.9,
      candidates_tried: 7,
      attempts: [attempt('proven')],
      total_ms: 1235,
      patch: winner?.diff,
      files: [{ path: 'a.js', before: 'old', after: 'new' }],
    });
  });

  it("names the playbook whose codemod it was, and keeps the heal's lessons", () => {
    const lessons: Ending['lessons'] = [];
    const candidate = {
      ...(winner as NonNullable<Ending['winner']>).candidate,
      origin: 'playbook' as const,
      playbook: 'undefined-property',
    };
    const report = reportOf({ winner: { ...(winner as NonNullable<Ending['winner']>), candidate }, tried: 1, attempts: [], lessons }, 1);
    expect(report).toMatchObject({ playbook: 'undefined-property', lessons: [] });
  });

  it('says that there is nothing to heal', () => {
    expect(reportOf({ passes: true, tried: 0, attempts: [] }, 1)).toMatchObject({
      status: 'passes_already',
      reason: null,
      patch: null,
      confidence: null,
      playbook: null,
      message: expect.stringContaining('nothing to heal'),
    });
  });

  const reasons: [FixReason, Partial<Ending>, RegExp][] = [
    ['flaky', { detail: 'failed: a.js:1; passed' }, /each time \(failed: a\.js:1; passed\).*deterministic/],
    ['never_ends', { detail: 'within 20 s' }, /did not end within 20 s.*--timeout/],
    ['cannot_start', { detail: 'there is no such program' }, /cannot start: there is no such program/],
    ['needs_network', { detail: 'api.example.com' }, /network \(api\.example\.com\).*no fault of the code/],
    ['killed', { detail: 'SIGKILL' }, /ended by SIGKILL.*memory/],
    ['no_candidate', {}, /none of 9 candidates/],
    ['timeout', {}, /time was up after 9 candidates.*--timeout/],
    ['guardrail', { attempts: [attempt('rejected', 'max-loc: too long')] }, /breaks a guardrail: max-loc: too long/],
    ['nothing_editable', { detail: 'only test.js ran' }, /nothing that may be edited.*only test\.js ran.*--allow-tests/],
    ['interrupted', {}, /work tree is as it was/],
  ];
  it.each(reasons)('says what %s means and what to do about it', (reason, more, message) => {
    const report = reportOf({ reason, tried: 9, attempts: [], ...more }, 1);
    expect(report).toMatchObject({ status: 'not_healed', reason, patch: null, files: [] });
    expect(report.message).toMatch(message);
  });

  it('counts as candidates that pass only those that do', () => {
    const attempts = [attempt('failed', 'still fails'), attempt('not_chosen'), attempt('not_chosen')];
    expect(reportOf({ reason: 'ambiguous', tried: 9, attempts }, 1).message).toMatch(/^2 of 9 candidates make the command pass/);
    const alone = reportOf({ reason: 'ambiguous', tried: 9, attempts: [attempt('not_chosen')] }, 1).message;
    expect(alone).toMatch(/^1 of 9 candidates makes the command pass, but too little speaks for it.*further test/);
  });
});
