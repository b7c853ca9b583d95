import { describe, expect, it } from '@jest/globals';
import { type ApprovalFacts, approvalFor } from './approval.js';

const given: ApprovalFacts = {
  autonomy: 'auto',
  auto: { max_risk: 0.5, min_confidence: 0.5 },
  risk_score: 0.2,
  confidence: 0.9,
  proof: { reproduced: true, proven: true },
};

describe('approvalFor', () => {
  it('asks nobody for a proven patch of low risk on an automatic target', () =>
    expect(approvalFor(given)).toEqual({ required: false, reason: '' }));
  it('asks nobody at the bounds themselves', () =>
    expect(approvalFor({ ...given, risk_score: 0.5, confidence: 0.5 }).required).toBe(false));

  it.each<[string, Partial<ApprovalFacts>, RegExp]>([
    ['the target wants approval', { autonomy: 'approve' }, /autonomy is approve/],
    ['the target wants suggestions', { autonomy: 'suggest' }, /autonomy is suggest/],
    ['the target is observed', { autonomy: 'observe' }, /autonomy is observe/],
    ['the failure was not reproduced', { proof: { reproduced: false, proven: false } }, /not be reproduced/],
    ['the failure was not reproduced, whatever the proof claims', { proof: { reproduced: false, proven: true } }, /not be reproduced/],
    ['the patch is not proven', { proof: { reproduced: true, proven: false } }, /not proven/],
    ['the risk is too high', { risk_score: 0.51 }, /risk 0.51 is above 0.5/],
    ['the confidence is too low', { confidence: 0.49 }, /confidence 0.49 is below 0.5/],
    ['the risk is not a number', { risk_score: Number.NaN }, /risk/],
  ])('asks when %s', (_, over, reason) => {
    const approval = approvalFor({ ...given, ...over });
    expect(approval.required).toBe(true);
    expect(approval.reason).toMatch(reason);
  });

  it('gives every reason', () => {
    expect(approvalFor({ ...given, autonomy: 'approve', risk_score: 1, confidence: 0 }).reason.split('; ')).toHaveLength(3);
  });
});
