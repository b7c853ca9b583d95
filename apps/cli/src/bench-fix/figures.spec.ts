import { describe, expect, it } from '@jest/globals';
import pc from 'picocolors';
import type { CaseResult } from './case.js';
import { figuresOf } from './figures.js';
import { caseLine, figureLines } from './tell.js';

const result = (over: Partial<CaseResult>): CaseResult => ({
  case: 's/1',
  suite: 's',
  pattern: 'off-by-one',
  status: 'correct',
  seconds: 1,
  candidates: 10,
  confidence: 0.9,
  playbook: null,
  template: 'off-by-one',
  reason: null,
  message: '',
  patch: null,
  ...over,
});
const results = [
  result({ seconds: 1, candidates: 5 }),
  result({ seconds: 3, candidates: 50, status: 'wrong', confidence: 0.4 }),
  result({ seconds: 60, candidates: 900, status: 'abstained', confidence: null, pattern: 'missing-call' }),
  result({ seconds: 0, candidates: 0, status: 'error', confidence: null, pattern: 'missing-call' }),
  result({ seconds: 2, candidates: 20 }),
];

describe('figures', () => {
  it('counts every outcome, in total and by class, the most frequent first', () => {
    const figures = figuresOf(results);
    expect(figures).toMatchObject({ total: 5, correct: 2, wrong: 1, abstained: 1, error: 1 });
    expect(figures.by_class).toEqual([
      { pattern: 'off-by-one', total: 3, correct: 2, wrong: 1, abstained: 0, error: 0 },
      { pattern: 'missing-call', total: 2, correct: 0, wrong: 0, abstained: 1, error: 1 },
    ]);
  });

  it('takes times and candidates of all heals but errors', () => {
    expect(figuresOf(results)).toMatchObject({ median_seconds: 2, p95_seconds: 60, median_candidates: 20 });
  });

  it('judges the confidence of patches only', () => {
    expect(figuresOf(results).reliability.bins.map(({ count }) => count)).toEqual([0, 0, 0, 0, 1, 0, 0, 0, 0, 2]);
  });

  it('has no times without heals', () => {
    expect(figuresOf([])).toMatchObject({ total: 0, median_seconds: null, p95_seconds: null, median_candidates: null });
  });

  it('are told in lines', () => {
    const text = figureLines('s, engine rules', figuresOf(results)).join('\n');
    expect(text).toContain('5 cases, correct 2 (40 %), wrong 1 (20 %), abstained 1 (20 %), errors 1 (20 %)');
    expect(text).toMatch(/off-by-one +3 +2 +1 +0 +0/);
  });

  it('tell a case in one line that no target can break', () => {
    const screen = { colours: pc.createColors(false), line: () => undefined, lines: () => undefined };
    const line = caseLine(result({ status: 'error', message: 'x\n\x1b[2J' }), screen);
    expect(line).not.toMatch(/\p{Cc}/u);
    expect(caseLine(result({}), screen)).toMatch(/correct.*s\/1.*1\.0 s.*10 tried.*90 %.*off-by-one/);
  });
});
