import { describe, expect, it } from '@jest/globals';
import { guardrailPassed, guardrailRejected, targetConfig } from '@selfheal/contracts';
import { outcomesOf } from './outcomes.js';
import type { Tried, Winner } from './try-candidates.js';

const winner: Winner = {
  candidate: { digest: 'c'.repeat(64), diff: 'd', files: ['src/a.ts'], loc: 1, template: 't', summary: 's', score: 1 },
  verdict: { passed: true, allowlist: true, max_loc: true, no_secrets: true, no_dangerous_ops: true, checks: [] },
  proof: { proven: true, reproduced: true, reason: 'r', replays: [], duration_ms: 1 },
  inverse: 'i',
};
const judged: Tried['rejected'][number] = { candidate: 'b'.repeat(64), verdict: { ...winner.verdict, passed: false } };
const given = (autonomy: 'auto' | 'approve') => ({
  attempt: 2,
  baseRevision: 'a'.repeat(40),
  plan: { risk_score: 0.1, confidence: 1 },
  target: {
    root: '/t',
    config: targetConfig.parse({
      name: 't',
      start: { command: ['x'] },
      base_url: 'http://x',
      deploy: { strategy: 'hot-reload', control_url: 'http://y' },
      autonomy,
    }),
  },
});

describe('outcomesOf', () => {
  it('passes the winner on, with those judged before it', () => {
    const [passed, ...more] = outcomesOf({ winner, rejected: [judged], outOfTime: false }, given('auto'));
    expect(more).toEqual([]);
    expect(passed).toMatchObject({
      type: 'GUARDRAIL_PASSED',
      payload: { attempt: 2, approval_required: false, inverse: 'i', rejected: [judged] },
    });
    expect(guardrailPassed.safeParse(passed?.payload).success).toBe(true);
  });

  it('asks a human for exactly what passed', () => {
    const [passed, asked] = outcomesOf({ winner, rejected: [], outOfTime: false }, given('approve'));
    expect(passed).toMatchObject({ payload: { approval_required: true, approval_reason: "the target's autonomy is approve" } });
    expect(asked).toMatchObject({
      type: 'APPROVAL_REQUESTED',
      payload: { attempt: 2, digest: guardrailPassed.parse(passed?.payload).digest },
    });
  });

  it.each<[string, Tried]>([
    ['policy', { rejected: [judged], outOfTime: false }],
    ['not-proven', { rejected: [{ ...judged, proof: { ...winner.proof, proven: false } }], outOfTime: false }],
    ['time-out', { rejected: [judged], outOfTime: true }],
    ['nothing-new', { rejected: [], outOfTime: false }],
  ])('rejects with code %s', (code, tried) => {
    const [only, ...more] = outcomesOf(tried, given('auto'));
    expect(more).toEqual([]);
    expect(only).toMatchObject({ type: 'GUARDRAIL_REJECTED', payload: { code, rejected: tried.rejected } });
    expect(guardrailRejected.safeParse(only?.payload).success).toBe(true);
  });
});
