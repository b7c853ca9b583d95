import { describe, expect, it } from '@jest/globals';
import type { AnyHealingEvent, HealingEventType, Payload } from '@selfheal/contracts';
import { aCandidate, anEvent, aVerdict } from '@selfheal/testing';
import { learnedFrom } from './learned-from.js';
import { outcomesOf } from './outcomes.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const [A, B] = ['a', 'b'].map((name) => aCandidate({ digest: name.repeat(64), template: name })) as [
  ReturnType<typeof aCandidate>,
  ReturnType<typeof aCandidate>,
];
type Said = { [T in HealingEventType]: readonly [T, Partial<Payload<T>>?] }[HealingEventType];
const history = (...said: Said[]) =>
  said.map(([type, payload], i) => ({
    seq: i + 1,
    at: `2026-11-22T10:00:0${i}.000Z`,
    event: anEvent<HealingEventType>(type, payload ?? {}, { trace: TRACE }) as AnyHealingEvent,
  }));
const begun: Said[] = [['HEALING_STARTED'], ['RCA_READY', { playbook: 'null-access' }], ['MORPH_APPLY_SUCCEEDED', { candidates: [A, B] }]];
const judged = ({ digest }: typeof A, reproduced?: boolean) => ({
  candidate: digest,
  verdict: aVerdict({ passed: false }),
  ...(reproduced !== undefined && { proof: { proven: false, reproduced, reason: '', replays: [], duration_ms: 1 } }),
});
const endsOf = (...said: Said[]) => outcomesOf(history(...said)).map(({ candidate, end }) => `${candidate.template} ${end}`);

describe('what became of the patches of a heal', () => {
  it('is for each the last that is known, with what it was for', () => {
    const passed: Said = ['GUARDRAIL_PASSED', { candidate: B, rejected: [judged(A)] }];
    expect(endsOf(...begun, passed, ['RELOAD_DONE'], ['VERIFY_REPLAY_PASS'], ['HEALED'])).toEqual(['a rejected', 'b healed']);
    expect(outcomesOf(history(...begun, passed))[0]).toMatchObject({ playbook: 'null-access', target: 'shop', candidate: A });
    expect(endsOf(...begun, passed, ['VERIFY_REPLAY_FAIL'])).toEqual(['a rejected', 'b not_verified']);
    expect(endsOf(...begun, passed, ['VERIFY_REPLAY_FAIL'], ['ROLLBACK_DONE'])).toEqual(['a rejected', 'b rolled_back']);
    expect(endsOf(...begun, passed, ['APPROVAL_DENIED'])).toEqual(['a rejected', 'b denied']);
  });

  it('keeps the attempts apart', () => {
    const second: Said[] = [
      ['RETRY_REQUESTED'],
      ['MORPH_APPLY_SUCCEEDED', { attempt: 2, candidates: [B] }],
      ['GUARDRAIL_PASSED', { attempt: 2, candidate: B }],
      ['HEALED', { attempt: 2 }],
    ];
    expect(endsOf(...begun, ['GUARDRAIL_PASSED', { candidate: A }], ['VERIFY_REPLAY_FAIL'], ['ROLLBACK_DONE'], ...second)).toEqual([
      'a rolled_back',
      'b healed',
    ]);
  });

  it('says nothing of a patch that nobody decided about, or whose failure could not be reproduced', () => {
    expect(endsOf(...begun)).toEqual([]);
    expect(endsOf(...begun, ['GUARDRAIL_PASSED', { candidate: A }])).toEqual([]);
    expect(endsOf(...begun, ['GUARDRAIL_REJECTED', { rejected: [judged(A, false), judged(B, true)] }])).toEqual(['b rejected']);
    expect(endsOf(['RCA_READY'], ['MORPH_APPLY_SUCCEEDED'], ['HEALED'])).toEqual([]);
  });
});

describe('what is learned from outcomes, latest first', () => {
  const row = (shape: string, outcome: 'healed' | 'rolled_back', target = 'shop') => ({
    target,
    template: 't',
    outcome,
    shape: shape.repeat(64),
    diff: outcome === 'healed' ? `diff ${shape}` : null,
  });

  it('is the latest outcome of each shape', () => {
    expect(learnedFrom([row('a', 'rolled_back'), row('a', 'healed'), row('b', 'healed'), row('b', 'rolled_back')])).toEqual({
      fixes: [{ target: 'shop', template: 't', diff: 'diff b' }],
      failed: ['a'.repeat(64)],
    });
  });

  it('is bounded, and has no patch that is too long', () => {
    const many = Array.from({ length: 20 }, (_, i) => ({ ...row('a', 'healed'), shape: String(i) }));
    expect(learnedFrom(many).fixes).toHaveLength(5);
    expect(learnedFrom([{ ...row('a', 'healed'), diff: 'x'.repeat(50_001) }]).fixes).toEqual([]);
  });
});
