import { describe, expect, it } from '@jest/globals';
import type { HealingEventType } from '@selfheal/contracts';
import { aCandidate, aDigest, aRevision, aVerdict } from '@selfheal/testing';
import { deadlineOf, decide } from './decide.js';
import type { Policy } from './policy.js';
import { type Expired, historyOf, type Said, timeOf, USUAL } from './testing/history.js';

const bad = (seed: string) => ({ candidate: aDigest(seed), verdict: aVerdict({ passed: false }) });
const LIVE_DIGEST = aCandidate().digest;

const STARTED: Said[] = [['HEALING_STARTED']];
const PLANNED: Said[] = [...STARTED, ['RCA_READY']];
const PATCHED: Said[] = [...PLANNED, ['MORPH_APPLY_REQUESTED'], ['MORPH_APPLY_SUCCEEDED']];
const PASSED: Said[] = [...PATCHED, ['GUARDRAIL_PASSED']];
const ASKED: Said[] = [...PATCHED, ['GUARDRAIL_PASSED', { approval_required: true }], ['APPROVAL_REQUESTED']];
const LIVE: Said[] = [...PASSED, ['RELOAD_DONE']];
const FAILED: Said[] = [...LIVE, ['VERIFY_REPLAY_FAIL']];
const ROLLING_BACK: Said[] = [...FAILED, ['ROLLBACK_REQUESTED']];
const expired = (step: Expired[1]['step'], attempt = 1): Expired => ['EXPIRED', { step, attempt }];

const decisions = (history: readonly (Said | Expired)[], policy: Policy = USUAL) => decide(historyOf(...history), policy);
/** Given a history, when the last fact happens, then exactly this is said. */
const then = (history: readonly (Said | Expired)[], ...said: [HealingEventType, object][]) =>
  expect(decisions(history)).toEqual(said.map(([type, payload]) => ({ type, payload: expect.objectContaining(payload) })));

describe('while the heal goes forwards', () => {
  it.each([
    ['rca', STARTED],
    ['patch', PLANNED],
    ['guardrail', PATCHED],
    ['approval', ASKED],
    ['deploy', PASSED],
    ['deploy', [...ASKED, ['APPROVAL_GRANTED']]],
    ['verify', LIVE],
    ['rollback', ROLLING_BACK],
  ] as ['rca', Said[]][])('nothing is said in %s, and its deadline counts from the event that began it', (step, history) => {
    then(history);
    const began =
      step === ('approval' as string) ? history.length - 1 : step === ('rollback' as string) ? history.length - 1 : history.length;
    expect(deadlineOf(historyOf(...history), USUAL)).toEqual({
      at: new Date(Date.parse(timeOf(began)) + USUAL.deadlinesMs[step]),
      step,
      attempt: 1,
    });
  });

  it('nothing is said of a heal whose beginning is not known', () => {
    then([['RCA_FAILED'], ['VERIFY_REPLAY_PASS']]);
    expect(deadlineOf(historyOf(['RCA_READY']), USUAL)).toBeNull();
  });
});

describe('the end that is wanted', () => {
  it('given a live patch, when its verification passes, then HEALED with the patch that was proven', () => {
    const history: Said[] = [...LIVE, ['VERIFY_REPLAY_PASS']];
    then(history, [
      'HEALED',
      {
        attempt: 1,
        engine: 'rules',
        playbook: 'response-schema-mismatch',
        revision: aRevision('patched'),
        patch: aCandidate().diff,
        healed_at: timeOf(history.length),
      },
    ]);
    expect(deadlineOf(historyOf(...history), USUAL)).toBeNull();
  });

  it('given a live patch that is not the proven one, when its verification passes, then it is taken back', () => {
    const other: Said[] = [...PASSED, ['RELOAD_DONE', { candidate: aDigest('another') }], ['VERIFY_REPLAY_PASS']];
    then(other, ['ROLLBACK_REQUESTED', { attempt: 1, reason: 'the live patch has no plan or no proof on record' }]);
    then([...STARTED, ['RELOAD_DONE'], ['VERIFY_REPLAY_PASS']], ['ROLLBACK_REQUESTED', { attempt: 1 }]);
  });
});

describe('a live patch that does not hold', () => {
  it('given a live patch, when its verification fails, then it is taken back', () => {
    then(FAILED, [
      'ROLLBACK_REQUESTED',
      {
        attempt: 1,
        revision: aRevision('patched'),
        previous_revision: aRevision(),
        reason: 'verification failed: the failing request still fails',
      },
    ]);
  });

  it('given a rollback, when it is done, then the next attempt knows every patch that did not do', () => {
    const history = ROLLING_BACK.map(
      (said): Said => (said[0] === 'GUARDRAIL_PASSED' ? ['GUARDRAIL_PASSED', { rejected: [bad('first')] }] : said),
    );
    then(
      [...history, ['ROLLBACK_DONE']],
      [
        'RETRY_REQUESTED',
        { attempt: 2, rejected_digests: [aDigest('first'), LIVE_DIGEST], reason: 'verification failed: the failing request still fails' },
      ],
    );
  });

  it('given the last attempt, when its rollback is done, then ESCALATED, rolled back', () => {
    expect(decisions([...ROLLING_BACK, ['ROLLBACK_DONE']], { ...USUAL, maxAttempts: 1 })).toEqual([
      { type: 'ESCALATED', payload: expect.objectContaining({ attempt: 1, code: 'attempts-exhausted', rolled_back: true }) },
    ]);
  });

  it('given a patch that had been rejected before, when it is rolled back, then ESCALATED: nothing was learned', () => {
    const second = ROLLING_BACK.slice(1).map(([type, payload]) => [type, { ...payload, attempt: 2 }] as Said);
    then(
      [
        ...ROLLING_BACK,
        ['ROLLBACK_DONE'],
        ['RETRY_REQUESTED', { rejected_digests: [LIVE_DIGEST] }],
        ...second,
        ['ROLLBACK_DONE', { attempt: 2 }],
      ],
      ['ESCALATED', { attempt: 2, code: 'nothing-learned', rolled_back: true }],
    );
  });

  it('given a rollback, when it fails, then ESCALATED at once, not rolled back', () => {
    then(
      [...ROLLING_BACK, ['ROLLBACK_FAILED', { reason: 'disk full' }]],
      ['ESCALATED', { code: 'rollback-failed', reason: 'disk full', rolled_back: false }],
    );
  });
});

describe('a step that fails', () => {
  it('RCA_FAILED: ESCALATED with its code, never a retry', () => {
    then([...STARTED, ['RCA_FAILED', { code: 'base-drifted' }]], ['ESCALATED', { attempt: 1, code: 'base-drifted', rolled_back: false }]);
    then([...STARTED, ['RCA_FAILED']], ['ESCALATED', { code: 'no-playbook' }]);
  });

  it('MORPH_APPLY_FAILED: a retry when its code says that the cause lies outside the plan, else ESCALATED', () => {
    then([...PLANNED, ['MORPH_APPLY_FAILED', { code: 'transient' }]], ['RETRY_REQUESTED', { attempt: 2, rejected_digests: [] }]);
    then([...PLANNED, ['MORPH_APPLY_FAILED']], ['ESCALATED', { code: 'no-candidate' }]);
  });

  it('GUARDRAIL_REJECTED: a retry that names the rejected candidates', () => {
    const history: Said[] = [...PATCHED, ['GUARDRAIL_REJECTED', { rejected: [bad('a'), bad('b'), bad('a')] }]];
    then(history, ['RETRY_REQUESTED', { attempt: 2, rejected_digests: [aDigest('a'), aDigest('b')] }]);
  });

  it('GUARDRAIL_REJECTED because the base moved: a retry that starts afresh', () => {
    const history: Said[] = [...PATCHED, ['GUARDRAIL_REJECTED', { code: 'base-drifted', rejected: [bad('a')] }]];
    then(history, ['RETRY_REQUESTED', { attempt: 2, rejected_digests: [] }]);
  });

  it('GUARDRAIL_REJECTED twice for the same candidates: ESCALATED instead of a loop', () => {
    const first: Said[] = [
      ...PATCHED,
      ['GUARDRAIL_REJECTED', { rejected: [bad('a')] }],
      ['RETRY_REQUESTED', { rejected_digests: [aDigest('a')] }],
    ];
    const again = (seed: string): Said => ['GUARDRAIL_REJECTED', { attempt: 2, rejected: [bad(seed)] }];
    then([...first, again('a')], ['ESCALATED', { attempt: 2, code: 'no-candidate-passed' }]);
    then([...first, again('b')], ['RETRY_REQUESTED', { attempt: 3, rejected_digests: [aDigest('a'), aDigest('b')] }]);
  });

  it('GUARDRAIL_REJECTED in the last attempt: ESCALATED', () => {
    const policy = { ...USUAL, maxAttempts: 1 };
    for (const code of ['no-candidate-passed', 'base-drifted'])
      expect(decisions([...PATCHED, ['GUARDRAIL_REJECTED', { code }]], policy)).toEqual([
        { type: 'ESCALATED', payload: expect.objectContaining({ code: 'attempts-exhausted', rolled_back: false }) },
      ]);
  });

  it('a code that the contract does not allow becomes one that it does', () => {
    then([...PATCHED, ['GUARDRAIL_REJECTED', { code: 'Nope!', rejected: [] }]], ['ESCALATED', { code: 'step-failed' }]);
  });

  it('APPROVAL_DENIED: ESCALATED, with who said no', () => {
    then([...ASKED, ['APPROVAL_DENIED']], ['ESCALATED', { code: 'approval-denied', reason: 'denied by ana@example.org: not now' }]);
  });

  it('RELOAD_FAILED: a retry when the base moved, else ESCALATED', () => {
    then([...PASSED, ['RELOAD_FAILED', { code: 'base-drifted' }]], ['RETRY_REQUESTED', { attempt: 2, rejected_digests: [] }]);
    then([...PASSED, ['RELOAD_FAILED']], ['ESCALATED', { code: 'reload-failed', rolled_back: false }]);
  });
});

describe('a deadline that passes', () => {
  it.each([
    ['rca', STARTED],
    ['patch', PLANNED],
    ['guardrail', PATCHED],
    ['approval', ASKED],
    ['deploy', PASSED],
  ] as ['rca', Said[]][])('in %s: ESCALATED', (step, history) => {
    then([...history, expired(step)], ['ESCALATED', { attempt: 1, code: `deadline-${step}`, rolled_back: false }]);
  });

  it('in verify: the live patch is taken back, and a verification that comes late does not count', () => {
    then([...LIVE, expired('verify')], ['ROLLBACK_REQUESTED', { attempt: 1 }]);
    then([...LIVE, expired('verify'), ['VERIFY_REPLAY_PASS']], ['ROLLBACK_REQUESTED', { attempt: 1 }]);
    then([...LIVE, ['VERIFY_REPLAY_PASS'], expired('verify')], ['HEALED', { attempt: 1 }]);
  });

  it('in rollback: ESCALATED as rollback-failed', () => {
    then([...ROLLING_BACK, expired('rollback')], ['ESCALATED', { code: 'rollback-failed', rolled_back: false }]);
  });

  it('of a step or an attempt that is over: nothing', () => {
    then([...PLANNED, expired('rca')]);
    then([
      ...PATCHED,
      ['GUARDRAIL_REJECTED', { rejected: [bad('a')] }],
      ['RETRY_REQUESTED', { rejected_digests: [aDigest('a')] }],
      expired('guardrail'),
    ]);
  });
});

describe('what was decided stands', () => {
  it('what the history shows to be said is not said again', () => {
    then(ROLLING_BACK);
    then([...STARTED, ['RCA_FAILED'], ['ESCALATED']]);
    then([...LIVE, ['VERIFY_REPLAY_PASS'], ['HEALED']]);
  });

  it('the first fact about a step stands, whatever the second says', () => {
    then([...STARTED, ['RCA_FAILED'], ['RCA_READY']], ['ESCALATED', { code: 'no-playbook' }]);
    then([...LIVE, ['VERIFY_REPLAY_PASS'], ['VERIFY_REPLAY_FAIL']], ['HEALED', {}]);
    then([...ASKED, ['APPROVAL_GRANTED'], ['APPROVAL_DENIED']]);
  });

  it('a rollback that nobody asked for is not taken for one', () => {
    then([...LIVE, ['ROLLBACK_FAILED'], ['ROLLBACK_DONE']]);
  });

  it('an event of an attempt that was given up changes nothing', () => {
    const second: Said[] = [
      ...PATCHED,
      ['GUARDRAIL_REJECTED', { rejected: [bad('a')] }],
      ['RETRY_REQUESTED', { rejected_digests: [aDigest('a')] }],
    ];
    then([...second, ['VERIFY_REPLAY_PASS'], ['MORPH_APPLY_FAILED']]);
  });

  it('another policy does not undo what was said under the last one', () => {
    const retried: Said[] = [
      ...PATCHED,
      ['GUARDRAIL_REJECTED', { rejected: [bad('a')] }],
      ['RETRY_REQUESTED', { rejected_digests: [aDigest('a')] }],
    ];
    expect(decisions(retried, { ...USUAL, maxAttempts: 1 })).toEqual([]);
    const ended: Said[] = [...PATCHED, ['GUARDRAIL_REJECTED', { rejected: [bad('a')] }], ['ESCALATED']];
    expect(decisions(ended, { ...USUAL, maxAttempts: 100 })).toEqual([]);
  });

  it('a patch that goes live after its heal or attempt was given up is taken back, and that is all', () => {
    const late: [HealingEventType, object] = ['ROLLBACK_REQUESTED', { attempt: 1, revision: aRevision('patched') }];
    then([...PASSED, expired('deploy'), ['ESCALATED'], ['RELOAD_DONE']], late);
    then([...PASSED, expired('deploy'), ['RELOAD_DONE']], ['ESCALATED', { code: 'deadline-deploy' }], late);
    then([...PASSED, expired('deploy'), ['ESCALATED'], ['RELOAD_DONE'], ['ROLLBACK_REQUESTED'], ['ROLLBACK_DONE']]);
    const second: Said[] = [...PASSED, ['RELOAD_FAILED', { code: 'transient' }], ['RETRY_REQUESTED', { rejected_digests: [] }]];
    then([...second, ['RELOAD_DONE']], late);
    const asked: Said[] = [...second, ['RELOAD_DONE'], ['ROLLBACK_REQUESTED']];
    then([...asked, ['ROLLBACK_DONE']]);
    then([...asked, ['ROLLBACK_FAILED']], ['ESCALATED', { attempt: 2, code: 'rollback-failed' }]);
    then(
      [...asked, ['GUARDRAIL_PASSED', { attempt: 2 }], ['RELOAD_DONE', { attempt: 2 }], ['ROLLBACK_FAILED']],
      ['ESCALATED', { attempt: 2, code: 'rollback-failed', rolled_back: false }],
      ['ROLLBACK_REQUESTED', { attempt: 2 }],
    );
  });
});
