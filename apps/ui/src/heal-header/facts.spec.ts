import { expect, it } from '@jest/globals';
import { foldHeal, type StoredEvent } from '@selfheal/contracts';
import { aHeal } from '../live/sample-heal.fixture';
import { factsOf } from './facts';

const facts = (events: readonly StoredEvent[]) => {
  const trace = foldHeal(events);
  return trace && factsOf(trace).map((fact) => `${fact.label}: ${fact.value} (${fact.tone})`);
};

it('tells a heal in five facts', () => {
  expect(facts(aHeal())).toEqual([
    'Confidence: 95 % (quiet)',
    'Patch: 2 lines in 1 file (quiet)',
    'Guardrails: 1 of 1 (healed)',
    'Proof: 500 → 200 (healed)',
    'Live: holds (healed)',
  ]);
});

it('says nothing before it is known', () => expect(facts(aHeal().slice(0, 1))).toEqual([]));

it('says that a patch was put back', () => {
  expect(facts(aHeal({ rolledBack: true }).slice(0, 8))?.at(-1)).toBe('Rolled back: byte for byte (rolling)');
});

it('names the check that failed', () => {
  const trace = foldHeal(aHeal());
  if (!trace?.verdict) throw new Error('no verdict');
  const checks = [{ check: 'no-secrets', group: 'operation-safety' as const, passed: false, reason: 'a token', evidence: [] }];
  expect(factsOf({ ...trace, verdict: { ...trace.verdict, passed: false, checks } })).toContainEqual({
    label: 'Guardrails',
    value: 'no-secrets failed',
    tone: 'escalated',
  });
});
