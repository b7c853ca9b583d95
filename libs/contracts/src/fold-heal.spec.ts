import { describe, expect, it } from '@jest/globals';
import { anEvent } from '@selfheal/testing';
import fc from 'fast-check';
import type { AnyHealingEvent } from './envelope.js';
import { describeEvent, evolveHeal, foldHeal, headline, type StoredEvent } from './fold-heal.js';
import { healingTrace } from './healing-trace.js';
import type { Payload } from './payloads/index.js';
import { HEALING_EVENT_TYPES, type HealingEventType } from './pipeline.js';
import { isFinal } from './trace-status.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const T0 = Date.parse('2026-01-01T00:00:00.000Z');
/** The broker's time, `ms` after the failure. */
const at = (ms: number): string => new Date(T0 + ms).toISOString();

/** An event of an attempt; every other field is the builder's. */
const event = <T extends HealingEventType>(type: T, attempt = 1, more: Partial<Payload<T>> = {}): AnyHealingEvent =>
  anEvent(type, { ...more, attempt } as Partial<Payload<T>>, { trace: TRACE }) as AnyHealingEvent;
/** The events as a stream stores them: in order, 100 ms apart. */
const stored = (events: readonly AnyHealingEvent[]): StoredEvent[] =>
  events.map((e, i) => ({ seq: i + 1, at: at((i + 1) * 100), event: e }));
const given = (...events: AnyHealingEvent[]) => {
  const trace = foldHeal(stored(events));
  if (!trace) throw new Error('no trace');
  return trace;
};
/** `step attempt status`, each. */
const steps = (trace: ReturnType<typeof given>) => trace.steps.map((s) => `${s.name} ${s.attempt} ${s.status}`);

const toVerify = (attempt = 1): AnyHealingEvent[] => [
  event('RCA_READY', attempt),
  event('MORPH_APPLY_REQUESTED', attempt),
  event('MORPH_APPLY_SUCCEEDED', attempt),
  event('GUARDRAIL_PASSED', attempt),
  event('RELOAD_DONE', attempt),
];

describe('a heal that goes well', () => {
  const healed = () => given(event('HEALING_STARTED'), ...toVerify(), event('VERIFY_REPLAY_PASS'), event('HEALED'));

  it('shows every step succeeded, with its time by the broker', () => {
    expect(steps(healed())).toEqual([
      'detect 1 succeeded',
      'rca 1 succeeded',
      'patch 1 succeeded',
      'guardrail 1 succeeded',
      'deploy 1 succeeded',
      'verify 1 succeeded',
    ]);
    expect(healed().steps.map((s) => s.duration_ms)).toEqual([100, 100, 200, 100, 100, 100]);
  });

  it('carries cause, change, verdict, proof and verification', () => {
    expect(healed()).toMatchObject({
      trace_id: TRACE,
      status: 'HEALED',
      attempt: 1,
      cause: { playbook: 'response-schema-mismatch', engine: 'rules' },
      code_change: { rolled_back: false, revision: anEvent('RELOAD_DONE').payload.revision },
      verdict: { passed: true },
      proof: { proven: true },
      verification: { passed: true },
      created_at: at(0),
      ended_at: at(800),
      total_ms: 800,
    });
    expect(healed().reason).toBeUndefined();
  });

  it('keeps every event in the audit, in stream order, with who said it', () => {
    expect(healed().audit.map(({ seq, actor, action }) => `${seq} ${actor} ${action}`)).toEqual([
      '1 detector HEALING_STARTED',
      '2 rca RCA_READY',
      '3 patcher MORPH_APPLY_REQUESTED',
      '4 patcher MORPH_APPLY_SUCCEEDED',
      '5 guardrail GUARDRAIL_PASSED',
      '6 deployer RELOAD_DONE',
      '7 verifier VERIFY_REPLAY_PASS',
      '8 coordinator HEALED',
    ]);
  });
});

describe('a heal that is under way', () => {
  it('shows the next step running as soon as the one before it has ended', () => {
    expect(steps(given(event('HEALING_STARTED')))).toEqual(['detect 1 succeeded', 'rca 1 running']);
    expect(steps(given(event('HEALING_STARTED'), ...toVerify().slice(0, 3))).at(-1)).toBe('guardrail 1 running');
    expect(given(event('HEALING_STARTED')).ended_at).toBeUndefined();
  });

  it('waits for a person, and deploys only when one says yes', () => {
    const asked = [
      event('HEALING_STARTED'),
      ...toVerify().slice(0, 3),
      event('GUARDRAIL_PASSED', 1, { approval_required: true }),
      event('APPROVAL_REQUESTED'),
    ];
    expect(given(...asked)).toMatchObject({ status: 'AWAITING_APPROVAL', approval: { state: 'requested' } });
    expect(steps(given(...asked)).slice(-2)).toEqual(['guardrail 1 succeeded', 'approval 1 running']);

    const granted = given(...asked, event('APPROVAL_GRANTED'));
    expect(granted).toMatchObject({ status: 'HEALING', approval: { state: 'granted', by: 'ana@example.org' } });
    expect(granted.audit.at(-1)).toMatchObject({ actor: 'ana@example.org', action: 'APPROVAL_GRANTED' });
    expect(steps(granted).slice(-2)).toEqual(['approval 1 succeeded', 'deploy 1 running']);

    const denied = given(...asked, event('APPROVAL_DENIED'));
    expect(denied).toMatchObject({ status: 'HEALING', approval: { state: 'denied', reason: 'not now' } });
    expect(steps(denied).at(-1)).toBe('approval 1 failed');
  });
});

describe('a heal that does not hold', () => {
  const undone = [
    event('HEALING_STARTED'),
    ...toVerify(),
    event('VERIFY_REPLAY_FAIL'),
    event('ROLLBACK_REQUESTED'),
    event('ROLLBACK_DONE'),
  ];

  it('is put back, and says so', () => {
    expect(given(...undone.slice(0, -1))).toMatchObject({ status: 'ROLLING_BACK', reason: 'verification failed' });
    const trace = given(...undone);
    expect(trace).toMatchObject({ status: 'HEALING', code_change: { rolled_back: true }, verification: { passed: false } });
    expect(steps(trace).slice(-2)).toEqual(['verify 1 failed', 'rollback 1 succeeded']);
  });

  it('is tried again as the next attempt, beside the first', () => {
    const trace = given(...undone, event('RETRY_REQUESTED', 2), ...toVerify(2), event('VERIFY_REPLAY_PASS', 2), event('HEALED', 2));
    expect(trace).toMatchObject({ status: 'HEALED', attempt: 2, code_change: { rolled_back: false }, verification: { passed: true } });
    expect(steps(trace)).toEqual([
      'detect 1 succeeded',
      'rca 1 succeeded',
      'patch 1 succeeded',
      'guardrail 1 succeeded',
      'deploy 1 succeeded',
      'verify 1 failed',
      'rollback 1 succeeded',
      'rca 2 succeeded',
      'patch 2 succeeded',
      'guardrail 2 succeeded',
      'deploy 2 succeeded',
      'verify 2 succeeded',
    ]);
  });

  it('escalates with the reason, and leaves no step running', () => {
    const trace = given(
      event('HEALING_STARTED'),
      event('RCA_READY'),
      event('ESCALATED', 1, { reason: 'the patcher did not answer in time' }),
    );
    expect(trace).toMatchObject({ status: 'ESCALATED', reason: 'the patcher did not answer in time', ended_at: at(300) });
    expect(steps(trace)).toEqual(['detect 1 succeeded', 'rca 1 succeeded', 'patch 1 failed']);
  });

  it.each(['RCA_FAILED', 'MORPH_APPLY_FAILED', 'RELOAD_FAILED', 'ROLLBACK_FAILED'] as const)('keeps the reason of %s', (type) => {
    expect(given(event('HEALING_STARTED'), event(type, 1, { reason: 'because' })).reason).toBe('because');
  });
});

describe('the first end stands', () => {
  it.each([
    ['HEALED', 'ESCALATED'],
    ['ESCALATED', 'HEALED'],
    ['HEALED', 'ROLLBACK_REQUESTED'],
    ['ESCALATED', 'RETRY_REQUESTED'],
    ['ESCALATED', 'APPROVAL_REQUESTED'],
  ] as const)('%s, whatever %s says later', (end, later) => {
    const before = given(event('HEALING_STARTED'), event(end));
    const after = given(event('HEALING_STARTED'), event(end), event(later));
    expect(after).toMatchObject({ status: end, ended_at: before.ended_at });
    expect(after.reason).toBe(before.reason);
    expect(after.audit).toHaveLength(3);
  });
});

describe('foldHeal', () => {
  const anyEvent = fc
    .record({ type: fc.constantFrom(...HEALING_EVENT_TYPES), attempt: fc.integer({ min: 1, max: 3 }) })
    .map(({ type, attempt }) => event(type, attempt));
  const anyStream = fc.array(anyEvent, { maxLength: 40 }).map(stored);

  it('is nothing before HEALING_STARTED', () => {
    expect(foldHeal([])).toBeUndefined();
    expect(foldHeal(stored([event('RCA_READY'), event('HEALED')]))).toBeUndefined();
  });

  it('never throws, gives one result for one stream, and that result is a HealingTrace', () => {
    fc.assert(
      fc.property(anyStream, (events) => {
        const trace = foldHeal(events);
        expect(foldHeal(structuredClone(events))).toEqual(trace);
        if (trace) healingTrace.parse(JSON.parse(JSON.stringify(trace)));
        expect(trace === undefined).toBe(!events.some(({ event: e }) => e.type === 'HEALING_STARTED'));
      }),
    );
  });

  it('takes one event at a time as well as all at once, and changes nothing it was given', () => {
    fc.assert(
      fc.property(anyStream, (events) => {
        let trace: ReturnType<typeof foldHeal>;
        for (const [i, one] of events.entries()) {
          const before = structuredClone(trace);
          const next = evolveHeal(trace, one);
          expect(trace).toEqual(before);
          trace = next;
          expect(trace).toEqual(foldHeal(events.slice(0, i + 1)));
        }
      }),
      { numRuns: 50 },
    );
  });

  it('never leaves a final state, has each step of an attempt once, and audits each event in order', () => {
    fc.assert(
      fc.property(anyStream, (events) => {
        let end: string | undefined;
        let trace: ReturnType<typeof foldHeal>;
        for (const one of events) {
          trace = evolveHeal(trace, one);
          if (end) expect(trace?.status).toBe(end);
          else if (trace && isFinal(trace.status)) end = trace.status;
        }
        const names = trace?.steps.map((s) => `${s.name} ${s.attempt}`) ?? [];
        expect(new Set(names).size).toBe(names.length);
        const seqs = trace?.audit.map((a) => a.seq) ?? [];
        expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
        if (end) expect(trace?.ended_at).toBeDefined();
      }),
    );
  });
});

describe('describeEvent', () => {
  it.each(HEALING_EVENT_TYPES)('has a line for %s', (type) => {
    expect(describeEvent(event(type))).toMatch(/\S/);
  });
});

describe('headline', () => {
  const issue = { path: ['lines', 0, 'price'], message: 'expected number, received string' };

  it('is the message of an error', () => {
    expect(headline({ name: 'TypeError', message: 'x is not a function' })).toBe('x is not a function');
  });

  it('is the first field of a failed validation, and how many more there are', () => {
    expect(headline({ name: 'ZodError', message: '[ {…} ]', issues: [issue] })).toBe('lines.0.price: expected number, received string');
    expect(headline({ name: 'ZodError', message: '[ {…} ]', issues: [{ ...issue, path: [] }, issue] })).toBe(
      '(root): expected number, received string (and 1 more)',
    );
  });
});
