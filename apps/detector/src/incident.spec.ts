import { describe, expect, it } from '@jest/globals';
import { end, type Incident, type Sighting, sight } from './incident.js';

const policy = { recentlyHealedMs: 500, coolDownMs: 300_000 };
const T0 = Date.parse('2026-01-01T00:00:00.000Z');
const at = (ms: number) => new Date(T0 + ms).toISOString();
const seen = (seq: number, ms: number, trace_id = `trace-${seq}`): Sighting => ({ seq, at: at(ms), trace_id, target: 'shop' });

const open: Incident = {
  trace_id: 'trace-1',
  target: 'shop',
  status: 'open',
  opened_seq: 1,
  opened_at: at(0),
  occurrences: 1,
  escalations: 0,
};
const healed = end(open, 'trace-1', 'healed', at(1000));
const escalated = (escalations: number): Incident => ({ ...open, status: 'escalated', ended_at: at(1000), escalations });

describe('given no incident, when a failure is seen', () => {
  it('then it opens one', () => {
    expect(sight(undefined, seen(1, 0), policy)).toEqual({ verdict: 'opened', incident: open });
  });
});

describe('given an open incident', () => {
  it('when the failure comes again, then it is a repeat, counted', () => {
    const { verdict, incident } = sight(open, seen(2, 10), policy);
    expect(verdict).toBe('repeat');
    expect(incident).toEqual({ ...open, occurrences: 2 });
  });

  it('when the failure that opened it is redelivered, then it opens the same heal again and counts once', () => {
    expect(sight(open, seen(1, 0, 'another-trace'), policy)).toEqual({ verdict: 'opened', incident: open });
  });

  it('when a year has passed, then it is still a repeat: only its end ends it', () => {
    expect(sight(open, seen(2, 365 * 86_400_000), policy).verdict).toBe('repeat');
  });

  it.each(['healed', 'escalated'] as const)('when its heal is %s, then it is over', (status) => {
    expect(end(open, 'trace-1', status, at(1000))).toMatchObject({
      status,
      ended_at: at(1000),
      escalations: status === 'escalated' ? 1 : 0,
    });
  });

  it('when another heal ends, then nothing changes', () => {
    expect(end(open, 'trace-2', 'healed', at(1000))).toBe(open);
  });
});

describe('given a healed incident', () => {
  it.each([
    [0, 'suppressed'],
    [500, 'suppressed'],
    [501, 'opened'],
  ])('when a failure is seen %i ms after, then it is %s', (ms, verdict) => {
    expect(sight(healed, seen(2, 1000 + ms), policy).verdict).toBe(verdict);
  });

  it('when a failure is seen that was stored before the heal ended, then it is suppressed and counted', () => {
    expect(sight(healed, seen(2, 900), policy)).toEqual({ verdict: 'suppressed', incident: { ...healed, occurrences: 2 } });
  });

  it('when it opens again, then the heal is a new one and counts from one', () => {
    const { incident } = sight({ ...healed, occurrences: 7 }, seen(9, 5000), policy);
    expect(incident).toEqual({ ...open, trace_id: 'trace-9', opened_seq: 9, opened_at: at(5000) });
  });

  it('when the failure that opened it is redelivered, however late, then it opens nothing', () => {
    expect(sight(healed, seen(1, 0), policy)).toEqual({ verdict: 'suppressed', incident: healed });
  });

  it('when its end is told again, or otherwise, then nothing changes', () => {
    expect(end(healed, 'trace-1', 'healed', at(9000))).toBe(healed);
    expect(end(healed, 'trace-1', 'escalated', at(9000))).toBe(healed);
  });
});

describe('given an escalated incident', () => {
  it.each([
    [1, 300_000],
    [2, 600_000],
    [3, 1_200_000],
    [30, 86_400_000],
    [2000, 86_400_000],
  ])('when it was escalated %i times in a row, then it is left alone for %i ms', (escalations, quiet) => {
    const known = escalated(escalations);
    expect(sight(known, seen(2, 1000 + quiet), policy).verdict).toBe('suppressed');
    expect(sight(known, seen(2, 1001 + quiet), policy).verdict).toBe('opened');
  });

  it('when it opens again, then it remembers how often it was escalated, until it is healed', () => {
    const { incident: again } = sight(escalated(2), seen(5, 10_000_000), policy);
    expect(again).toMatchObject({ status: 'open', escalations: 2 });
    expect(end(again, 'trace-5', 'escalated', at(10_001_000)).escalations).toBe(3);
    expect(end(again, 'trace-5', 'healed', at(10_001_000)).escalations).toBe(0);
  });
});
