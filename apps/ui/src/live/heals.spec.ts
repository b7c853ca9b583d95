import { describe, expect, it } from '@jest/globals';
import { foldHeal, type PatchLog, type StoredEvent } from '@selfheal/contracts';
import { type Arrival, type Heals, MAX_HEALS, MAX_LOG_LINES, NO_HEALS, newestFirst, receive } from './heals';
import { parseStoredEvent } from './messages';
import { aHeal, traceIdOf } from './sample-heal.fixture';

const events = (stored: readonly StoredEvent[]): Arrival[] => stored.map((s) => ({ kind: 'event', stored: s }));
const only = (heals: Heals) => [...heals.byId.values()][0]?.trace;
const log = (line: string, n = 1): Arrival => ({
  kind: 'log',
  log: { trace_id: traceIdOf(n), service: 'patcher', level: 'info', line, timestamp: '2026-11-22T10:00:00.000Z' } satisfies PatchLog,
});

describe('receive', () => {
  it('folds a heal like the coordinator does', () => {
    expect(only(receive(NO_HEALS, events(aHeal())))).toEqual(foldHeal(aHeal()));
  });

  it('applies each event once, when all of history is delivered again', () => {
    const once = receive(NO_HEALS, events(aHeal()));
    expect(only(receive(once, events(aHeal())))).toEqual(only(once));
  });

  it('goes on where it was when a reconnect overlaps', () => {
    const heal = aHeal();
    const cut = receive(NO_HEALS, events(heal.slice(0, 4)));
    expect(only(receive(cut, events(heal.slice(2))))).toEqual(foldHeal(heal));
  });

  it('evolves a whole snapshot by the events after it only', () => {
    const heal = aHeal();
    const trace = foldHeal(heal.slice(0, 5));
    if (!trace) throw new Error('no trace');
    expect(only(receive(NO_HEALS, [{ kind: 'snapshot', trace }, ...events(heal)]))).toEqual(foldHeal(heal));
  });

  it('never lets a snapshot put a heal back', () => {
    const trace = foldHeal(aHeal().slice(0, 3));
    if (!trace) throw new Error('no trace');
    const heals = receive(NO_HEALS, [...events(aHeal()), { kind: 'snapshot', trace }]);
    expect(only(heals)?.status).toBe('HEALED');
  });

  it('replaces a summary by the fold of its history', () => {
    const trace = foldHeal(aHeal());
    if (!trace) throw new Error('no trace');
    const summary = { ...trace, steps: [], audit: [] };
    expect(only(receive(NO_HEALS, [{ kind: 'snapshot', trace: summary }, ...events(aHeal())]))).toEqual(trace);
  });

  it('leaves the value it was given as it was', () => {
    const before = receive(NO_HEALS, events(aHeal().slice(0, 2)));
    const copy = structuredClone(before);
    receive(before, [...events(aHeal()), log('x')]);
    expect(before).toEqual(copy);
  });

  it('counts an event whose payload breaks the fold and goes on', () => {
    const [start, ready, ...rest] = aHeal();
    if (!start || !ready) throw new Error('no events');
    const broken = parseStoredEvent(JSON.stringify({ ...ready, event: { ...ready.event, payload: { attempt: 1 } } }));
    if (!broken) throw new Error('not parsed');
    const heals = receive(NO_HEALS, events([start, broken, ...rest]));
    expect([heals.unreadable, only(heals)?.status]).toEqual([1, 'HEALED']);
  });

  it('keeps the newest lines, each with its own number', () => {
    const heals = receive(
      NO_HEALS,
      Array.from({ length: MAX_LOG_LINES + 5 }, (_, i) => log(`line ${i}`)),
    );
    const lines = heals.logs.get(traceIdOf(1)) ?? [];
    expect([lines.length, lines[0]?.line, new Set(lines.map((l) => l.arrival)).size]).toEqual([MAX_LOG_LINES, 'line 5', MAX_LOG_LINES]);
  });

  it('forgets the oldest heals past the bound', () => {
    const starts = Array.from({ length: MAX_HEALS + 3 }, (_, i) =>
      aHeal({ n: i + 1, startedAt: Date.UTC(2026, 10, 22, 10, 0, i) }).slice(0, 1),
    );
    const heals = receive(NO_HEALS, events(starts.flat()));
    expect([heals.byId.size, heals.byId.has(traceIdOf(3)), heals.byId.has(traceIdOf(4))]).toEqual([MAX_HEALS, false, true]);
    expect(newestFirst(heals)[0]?.trace_id).toBe(traceIdOf(MAX_HEALS + 3));
  });
});
