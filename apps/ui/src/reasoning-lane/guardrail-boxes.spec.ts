import { expect, it } from '@jest/globals';
import type { CheckVerdict, Verdict } from '@selfheal/contracts';
import { boxesOf, otherChecks } from './guardrail-boxes';

const check = (name: string, passed: boolean, reason = ''): CheckVerdict => ({
  check: name,
  group: 'validation',
  passed,
  reason,
  evidence: [],
});
const verdict: Verdict = {
  passed: false,
  allowlist: true,
  max_loc: true,
  no_secrets: true,
  no_dangerous_ops: false,
  checks: [check('allowlist', true), check('syntax', true), check('no-dangerous-ops', false, 'spawns a process'), check('types', false)],
};

it('shows all four boxes, pending before there is a verdict', () => {
  expect(boxesOf(undefined).map((box) => [box.field, box.state])).toEqual([
    ['allowlist', 'pending'],
    ['max_loc', 'pending'],
    ['no_secrets', 'pending'],
    ['no_dangerous_ops', 'pending'],
  ]);
});

it('takes the state from the verdict and the reason from its check', () => {
  expect(boxesOf(verdict).at(-1)).toMatchObject({ state: 'failed', reason: 'spawns a process' });
  expect(boxesOf(verdict)[0]?.state).toBe('passed');
});

it('lists the other checks, failed ones first', () => {
  expect(otherChecks(verdict).map((c) => c.check)).toEqual(['types', 'syntax']);
});
