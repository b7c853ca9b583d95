import { describe, expect, it } from '@jest/globals';
import { foldHeal, type HealingEvent, type StoredEvent } from '@selfheal/contracts';
import {
  AT,
  aGuardrailPassed,
  aHealed,
  aHealingStarted,
  aMorphApplySucceeded,
  anEscalated,
  anRcaReady,
  aReloadDone,
  aTraceId,
  aVerifyReplayPass,
} from '@selfheal/testing';
import { summaryOf } from './figures.js';

const after = (ms: number) => new Date(Date.parse(AT) + ms).toISOString();
const traceOf = (...events: [HealingEvent, number][]) => {
  const stored = events.map(([event, ms], seq) => ({ seq: seq + 1, at: after(ms), event }) as StoredEvent);
  const trace = foldHeal(stored);
  if (!trace) throw new Error('no heal in these events');
  return trace;
};
const trace = aTraceId();
const of = { trace };

describe('summaryOf', () => {
  it('tells the time of each stage and of the whole, the engine and the patch', () => {
    const healed = traceOf(
      [aHealingStarted({ failed_at: AT }, of), 20],
      [anRcaReady({}, of), 120],
      [aMorphApplySucceeded({}, of), 150],
      [aGuardrailPassed({}, of), 950],
      [aReloadDone({}, of), 1350],
      [aVerifyReplayPass({}, of), 1400],
      [aHealed({}, of), 1410],
    );
    expect(summaryOf(healed)).toEqual({
      status: 'HEALED',
      trace_id: trace,
      detect_ms: 20,
      rca_ms: 100,
      patch_ms: 30,
      guardrail_ms: 800,
      deploy_ms: 400,
      verify_ms: 50,
      total_ms: 1410,
      engine: 'rules',
      patch: expect.stringContaining('+++ b/src/returns/returns.ts'),
    });
  });

  it('gives the reason of a heal that failed, and 0 for stages that never ran', () => {
    const escalated = traceOf([aHealingStarted({ failed_at: AT }, of), 5], [anEscalated({ reason: 'nothing explains it' }, of), 30]);
    expect(summaryOf(escalated)).toMatchObject({
      status: 'ESCALATED',
      reason: 'nothing explains it',
      deploy_ms: 0,
      patch: '',
      total_ms: 30,
    });
  });
});
