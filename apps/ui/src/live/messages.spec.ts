import { describe, expect, it } from '@jest/globals';
import { asTrace, parsePatchLog, parseStoredEvent } from './messages';
import { aHeal, traceIdOf } from './sample-heal.fixture';

describe('parseStoredEvent', () => {
  it('reads what the gateway sends', () => {
    for (const stored of aHeal()) expect(parseStoredEvent(JSON.stringify(stored))).toEqual(stored);
  });

  const [start] = aHeal();
  it.each([
    ['no JSON', '{'],
    ['no object', '7'],
    ['null', 'null'],
    ['an unknown type', JSON.stringify({ ...start, event: { ...start?.event, type: 'OWNED' } })],
    ['a type from the prototype', JSON.stringify({ ...start, event: { ...start?.event, type: 'constructor' } })],
    ['no sequence', JSON.stringify({ ...start, seq: '1' })],
    ['a trace id that is none', JSON.stringify({ ...start, event: { ...start?.event, trace_id: '../x' } })],
    ['no payload', JSON.stringify({ ...start, event: { ...start?.event, payload: null } })],
  ])('refuses %s', (_what, data) => expect(parseStoredEvent(data)).toBeUndefined());
});

describe('parsePatchLog', () => {
  const line = { trace_id: traceIdOf(1), service: 'patcher', line: 'x\u202ey', timestamp: '2026-11-22T10:00:00.000Z' };

  it('defaults the level and neutralises the line', () => {
    expect(parsePatchLog(JSON.stringify({ ...line, level: 'shout' }))).toEqual({ ...line, level: 'info', line: 'x⟦U+202E⟧y' });
  });

  it('refuses a line that is not text', () => expect(parsePatchLog(JSON.stringify({ ...line, line: {} }))).toBeUndefined());
});

describe('asTrace', () => {
  it('gives a summary empty steps and audit', () => {
    const summary = { trace_id: traceIdOf(1), status: 'HEALED', created_at: '2026-11-22T10:00:00.000Z', failure: { type: 'FAILURE' } };
    expect(asTrace(summary)).toMatchObject({ steps: [], audit: [] });
  });

  it('refuses what is not a trace', () => expect([asTrace(null), asTrace({ trace_id: traceIdOf(1) })]).toEqual([undefined, undefined]));
});
