import type { Payload } from '@selfheal/contracts';
import { proofDigest } from '@selfheal/policy';
import { aGuardrailPassed } from '@selfheal/testing';

/** What the guardrail says of a patch that passed, with the digest that belongs to it. */
export function aPassed(more: Partial<Payload<'GUARDRAIL_PASSED'>> = {}): Payload<'GUARDRAIL_PASSED'> {
  const { payload } = aGuardrailPassed(more);
  return { ...payload, digest: proofDigest({ ...payload, diff: payload.candidate.diff }) };
}
