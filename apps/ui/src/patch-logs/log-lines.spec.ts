import { describe, expect, it } from '@jest/globals';
import { foldHeal } from '@selfheal/contracts';
import { aHeal, traceIdOf } from '../live/sample-heal.fixture';
import { filterLines, logLines } from './log-lines';

const audit = foldHeal(aHeal({ rolledBack: true }))?.audit ?? [];
const progress = (timestamp: string, arrival: number) => ({
  trace_id: traceIdOf(1),
  service: 'guardrail',
  level: 'info' as const,
  line: 'replaying GET /returns/7',
  timestamp,
  arrival,
});

describe('logLines', () => {
  it('puts progress between the events it happened between', () => {
    const lines = logLines(audit, [progress('2026-11-22T10:00:00.500Z', 0)]);
    const at = lines.findIndex((line) => line.key === 'line 0');
    expect([lines[at - 1]?.event, lines[at + 1]?.event]).toEqual(['MORPH_APPLY_SUCCEEDED', 'GUARDRAIL_PASSED']);
  });

  it('tells bad news by level', () => {
    const level = Object.fromEntries(logLines(audit, []).map((line) => [line.event, line.level]));
    expect(level).toMatchObject({ HEALED: 'info', VERIFY_REPLAY_FAIL: 'warn', ROLLBACK_REQUESTED: 'warn', RETRY_REQUESTED: 'warn' });
  });
});

describe('filterLines', () => {
  const lines = logLines(audit, [progress('2026-11-22T10:00:00.500Z', 0)]);

  it('wants every word, in any field, whatever the case', () => {
    expect(filterLines(lines, ' GUARDRAIL  returns').map((line) => line.key)).toEqual(['line 0']);
  });

  it('keeps all lines without a filter, none when nothing fits', () => {
    expect([filterLines(lines, '  ').length, filterLines(lines, 'zebra').length]).toEqual([lines.length, 0]);
  });
});
