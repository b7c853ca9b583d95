import { describe, expect, it } from '@jest/globals';
import { foldHeal, type StoredEvent } from '@selfheal/contracts';
import { aHeal } from '../live/sample-heal.fixture';
import { elapsed, timelineOf } from './timeline';

const START = Date.UTC(2026, 10, 22, 10);
const traceOf = (events: readonly StoredEvent[]) => {
  const trace = foldHeal(events);
  if (!trace) throw new Error('no trace');
  return trace;
};
const shape = (events: readonly StoredEvent[], now: number) =>
  timelineOf(traceOf(events), now).map((a) => [a.outcome, ...a.rows.map((r) => `${r.step}:${r.status}`)]);

describe('timelineOf', () => {
  it('shows a heal that went well, with nothing planned', () => {
    expect(shape(aHeal(), START + 9999)).toEqual([
      ['healed', 'detect:succeeded', 'rca:succeeded', 'patch:succeeded', 'guardrail:succeeded', 'deploy:succeeded', 'verify:succeeded'],
    ]);
  });

  it('shows the running step and what is still to come', () => {
    expect(shape(aHeal().slice(0, 3), START + 500)).toEqual([
      ['open', 'detect:succeeded', 'rca:succeeded', 'patch:succeeded', 'guardrail:running', 'deploy:planned', 'verify:planned'],
    ]);
  });

  it('counts the running step up to now', () => {
    const [open] = timelineOf(traceOf(aHeal().slice(0, 3)), START + 630);
    expect(open?.rows.find((row) => row.status === 'running')?.durationMs).toBe(500);
  });

  it('never counts below zero when the browser is behind the broker', () => {
    const [open] = timelineOf(traceOf(aHeal().slice(0, 3)), START - 60_000);
    expect(open?.rows.find((row) => row.status === 'running')?.durationMs).toBe(0);
  });

  it('keeps attempts apart: the first rolled back, the second healed', () => {
    const attempts = shape(aHeal({ rolledBack: true }), START);
    expect(attempts.map(([outcome]) => outcome)).toEqual(['rolled-back', 'healed']);
    expect(attempts[0]?.slice(-2)).toEqual(['verify:failed', 'rollback:succeeded']);
  });

  it('plans nothing forward once verification has failed', () => {
    const failed = aHeal({ rolledBack: true }).slice(0, 6);
    expect(shape(failed, START + 1700)[0]?.at(-1)).toBe('verify:failed');
  });

  it('places bars inside the whole heal', () => {
    for (const { rows } of timelineOf(traceOf(aHeal({ rolledBack: true })), START))
      for (const row of rows) expect(row.from + row.share).toBeLessThanOrEqual(1.001);
  });
});

describe('elapsed', () => {
  it('stands still once the heal is over, and runs before', () => {
    expect([elapsed(traceOf(aHeal()), START + 60_000), elapsed(traceOf(aHeal().slice(0, 2)), START + 60_000)]).toEqual([1720, 60_000]);
  });
});
