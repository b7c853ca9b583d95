import { describe, expect, it } from '@jest/globals';
import { HEALING_EVENT_TYPES, healingSubject, PIPELINE, type StoredEvent } from '@selfheal/contracts';
import { type Heal, subjectOf } from '@selfheal/persistence';
import { aDigest, aVerdict } from '@selfheal/testing';
import fc from 'fast-check';
import { deadlineOf, decide } from './decide.js';
import type { Decision } from './heal-state.js';
import { eventOf, type Said, TRACE, timeOf, USUAL } from './testing/history.js';

const OTHERS = HEALING_EVENT_TYPES.filter((type) => PIPELINE[type].saidBy !== 'coordinator' && type !== 'HEALING_STARTED');
const codes = fc.constantFrom('no-candidate', 'base-drifted', 'transient');

/** Anything that another service may say, for an attempt that may or may not have been asked for. */
const said = fc
  .record({ type: fc.constantFrom(...OTHERS), attempt: fc.integer({ min: 1, max: 5 }), code: codes, seed: fc.integer({ min: 0, max: 3 }) })
  .map(({ type, attempt, code, seed }): Said => {
    if (type === 'GUARDRAIL_REJECTED')
      return [type, { attempt, code, rejected: [{ candidate: aDigest(String(seed)), verdict: aVerdict({ passed: false }) }] }];
    return (type.endsWith('_FAILED') ? [type, { attempt, code }] : [type, { attempt }]) as Said;
  });
/** What happens next: someone says something, the coordinator hears the next event, or the clock strikes. */
const move = fc.oneof(
  { weight: 4, arbitrary: said.map((event) => ({ do: 'say' as const, event })) },
  { weight: 5, arbitrary: fc.constant({ do: 'hear' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'expire' as const }) },
);
/** A heal that goes well as far as `until`, so that random events also meet the late steps. */
const forwards = fc
  .integer({ min: 0, max: 6 })
  .map((until) =>
    (['RCA_READY', 'MORPH_APPLY_SUCCEEDED', 'GUARDRAIL_PASSED', 'RELOAD_DONE', 'VERIFY_REPLAY_FAIL', 'ROLLBACK_DONE'] as const)
      .slice(0, until)
      .flatMap((type) => [{ do: 'say' as const, event: [type] as Said }, { do: 'hear' as const }, { do: 'hear' as const }]),
  );
const moves = fc.tuple(forwards, fc.array(move, { maxLength: 60 })).map(([known, random]) => [...known, ...random]);

type Move = { readonly do: 'say'; readonly event: Said } | { readonly do: 'hear' | 'expire' };

/** A stream with one message a subject, and a coordinator that hears it in order, decides, publishes, and only then hears on. */
function run(script: readonly Move[]) {
  const stream: StoredEvent[] = [];
  const subjects = new Set<string>();
  const put = (event: Said) => {
    const stored = { seq: stream.length + 1, at: timeOf(stream.length + 1), event: eventOf(event, timeOf(stream.length + 1)) };
    const { type, payload } = stored.event;
    const subject = healingSubject(TRACE, type, payload.attempt);
    if (subjects.has(subject)) return;
    subjects.add(subject);
    stream.push(stored);
  };
  let heard = 0;
  const expired: Heal['expired'][number][] = [];
  const heal = () => ({ events: stream.slice(0, heard), expired });
  const publish = () => {
    for (const { type, payload } of decide(heal(), USUAL)) put([type, payload] as Said);
  };
  const take = (step: Move) => {
    const last = stream[heard - 1];
    const deadline = deadlineOf(heal(), USUAL);
    if (step.do === 'say') put(step.event);
    if (step.do === 'expire' && last && deadline) expired.push({ ...deadline, at: timeOf(heard), after: subjectOf(last) });
    if (step.do === 'hear' && heard < stream.length) heard += 1;
    publish();
  };
  put(['HEALING_STARTED']);
  script.forEach(take);
  while (heard < stream.length) take({ do: 'hear' });
  return { stream, expired };
}
const ofType = (stream: readonly StoredEvent[], type: string) => stream.map(({ event }) => event).filter((event) => event.type === type);

describe('any order of events', () => {
  it('ends with at most one of HEALED and ESCALATED, and asks for nothing more after it', () => {
    fc.assert(
      fc.property(moves, (script) => {
        const { stream } = run(script);
        const ends = stream.filter(({ event }) => event.type === 'HEALED' || event.type === 'ESCALATED');
        expect(ends.length).toBeLessThanOrEqual(1);
        const end = ends[0];
        if (end) expect(stream.filter(({ event, seq }) => event.type === 'RETRY_REQUESTED' && seq > end.seq)).toEqual([]);
      }),
      { numRuns: 250 },
    );
  });

  it('never heals an attempt that is rolled back, and rolls back at most once an attempt', () => {
    fc.assert(
      fc.property(moves, (script) => {
        const { stream } = run(script);
        const healed = ofType(stream, 'HEALED')[0];
        const rolledBack = ofType(stream, 'ROLLBACK_REQUESTED').map((event) => event.payload.attempt);
        if (healed) expect(rolledBack).not.toContain(healed.payload.attempt);
      }),
      { numRuns: 250 },
    );
  });

  it('leaves no patch live that is not healed: each is healed, verified still, or asked back', () => {
    fc.assert(
      fc.property(moves, (script) => {
        const { stream, expired } = run(script);
        const ended = stream.some(({ event }) => event.type === 'HEALED' || event.type === 'ESCALATED');
        const kept = new Set(
          ['HEALED', 'ROLLBACK_REQUESTED'].flatMap((type) => ofType(stream, type).map((event) => event.payload.attempt)),
        );
        const open = deadlineOf({ events: stream, expired }, USUAL);
        for (const live of ofType(stream, 'RELOAD_DONE'))
          if (!kept.has(live.payload.attempt)) expect([ended, open?.step, open?.attempt]).toEqual([false, 'verify', live.payload.attempt]);
      }),
      { numRuns: 250 },
    );
  });

  it('keeps to its attempts, in order, without a gap', () => {
    fc.assert(
      fc.property(moves, (script) => {
        const attempts = ofType(run(script).stream, 'RETRY_REQUESTED').map((event) => event.payload.attempt);
        expect(attempts).toEqual([2, 3].slice(0, attempts.length));
      }),
      { numRuns: 250 },
    );
  });

  it('is always either over or waiting for something with a deadline', () => {
    fc.assert(
      fc.property(moves, (script) => {
        const { stream, expired } = run(script);
        const ended = stream.some(({ event }) => event.type === 'HEALED' || event.type === 'ESCALATED');
        expect(deadlineOf({ events: stream, expired }, USUAL) === null).toBe(ended);
        expect(decide({ events: stream, expired }, USUAL)).toEqual([]);
      }),
      { numRuns: 250 },
    );
  });

  it('decides the same from any beginning of the history: a crash changes nothing', () => {
    fc.assert(
      fc.property(moves, (script) => {
        const { stream } = run(script);
        const others = stream.filter(({ event }) => PIPELINE[event.type].saidBy !== 'coordinator');
        let before: readonly Decision[] = [];
        others.forEach((_, i) => {
          const now = decide({ events: others.slice(0, i + 1), expired: [] }, USUAL);
          expect(now.slice(0, before.length)).toEqual(before);
          before = now;
        });
      }),
      { numRuns: 300 },
    );
  });
});
