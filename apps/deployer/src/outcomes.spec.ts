import { describe, expect, it } from '@jest/globals';
import { PAYLOADS } from '@selfheal/contracts';
import { DeployFailed } from '@selfheal/targets';
import { aCandidate, aDigest, anEvent, aProof, aRevision, aVerdict } from '@selfheal/testing';
import {
  approvalMismatch,
  approvalProblem,
  digestMismatch,
  digestProblem,
  reloadDone,
  reloadFailed,
  rollbackDone,
  rollbackFailed,
} from './outcomes.js';
import { aPassed } from './testing/a-passed.js';

const passed = aPassed();

describe('what the deployer says', () => {
  it('says what is live and what was', () => {
    const deployed = { revision: aRevision('new'), previousRevision: aRevision(), reloadMs: 12.6 };
    const outcome = reloadDone({ ...passed, attempt: 2 }, 'hot-reload', deployed);
    expect(outcome).toMatchObject({
      type: 'RELOAD_DONE',
      payload: {
        attempt: 2,
        revision: aRevision('new'),
        previous_revision: aRevision(),
        candidate: passed.candidate.digest,
        reload_ms: 13,
      },
    });
    expect(PAYLOADS.RELOAD_DONE.safeParse(outcome.payload).success).toBe(true);
  });

  it.each(['base-drifted', 'dirty-tree', 'does-not-apply', 'reload-failed'] as const)(
    'says %s with its reason, which is bounded',
    (code) => {
      const outcome = reloadFailed(1, new DeployFailed(code, 'x'.repeat(10_000)));
      expect(outcome).toMatchObject({ type: 'RELOAD_FAILED', payload: { attempt: 1, code } });
      expect(PAYLOADS.RELOAD_FAILED.safeParse(outcome.payload).success).toBe(true);
      expect(PAYLOADS.ROLLBACK_FAILED.safeParse(rollbackFailed(1, new DeployFailed(code, 'x'.repeat(10_000))).payload).success).toBe(true);
    },
  );

  it.each([reloadFailed, rollbackFailed])('leaves any other error to the transport: %p', (say) => {
    const full = new Error('the disk is full');
    expect(() => say(1, full)).toThrow(full);
  });

  it('says a rollback with the tree that is live', () => {
    expect(rollbackDone(3, { revision: aRevision('restored'), tree: aRevision('tree') })).toMatchObject({
      type: 'ROLLBACK_DONE',
      payload: { attempt: 3, revision: aRevision('restored'), tree: aRevision('tree'), identical: true },
    });
  });
});

describe('an approval', () => {
  const { payload: approved } = anEvent('APPROVAL_GRANTED', { digest: passed.digest });
  it('is for exactly one digest', () => {
    expect(approvalProblem(passed, approved)).toBeUndefined();
    const problem = approvalProblem(passed, { ...approved, digest: aDigest('other') });
    expect(problem).toContain(aDigest('other').slice(0, 12));
    expect(approvalMismatch(1, problem ?? '')).toMatchObject({ type: 'RELOAD_FAILED', payload: { code: 'approval-digest-mismatch' } });
  });
});

describe('the digest', () => {
  it('is that of what the event carries, also after its way over the wire', () => {
    expect(digestProblem(passed)).toBeUndefined();
    expect(digestProblem(PAYLOADS.GUARDRAIL_PASSED.parse(JSON.parse(JSON.stringify(passed))))).toBeUndefined();
  });

  it.each([
    ['diff', { candidate: aCandidate({ diff: passed.candidate.diff.replace('= 2', '= 3') }) }],
    ['diff under the old digest', { candidate: { ...passed.candidate, diff: passed.candidate.diff.replace('= 2', '= 3') } }],
    ['proof', { proof: aProof({ reason: 'trust me' }) }],
    ['verdict', { verdict: aVerdict({ checks: [] }) }],
    ['base revision', { base_revision: aRevision('other') }],
    ['digest', { digest: aDigest('other') }],
  ])('tells another %s', (_, over) => {
    const problem = digestProblem({ ...passed, ...over });
    expect(problem).toMatch(/the guardrail passed [0-9a-f]{12}…/);
    expect(digestMismatch(1, problem ?? '')).toMatchObject({ type: 'RELOAD_FAILED', payload: { attempt: 1, code: 'digest-mismatch' } });
  });
});
