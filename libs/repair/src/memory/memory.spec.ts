import { describe, expect, it } from '@jest/globals';
import { standing } from '@selfheal/engine';
import type { Candidate } from '../search/candidate.js';
import { fingerprintsOf } from './fingerprint.js';
import { lessonsOf } from './lessons.js';
import { type Lesson, MAX_RECORDS, NO_MEMORY, remember } from './memory.js';
import { overviewOf } from './overview.js';
import { trackRecord } from './track-record.js';

const AT = '2026-01-02T03:04:05.000Z';
const lesson = (outcome: Lesson['outcome'], more: Partial<Lesson> = {}): Lesson => ({
  fingerprints: [],
  playbook: null,
  template: 'off-by-one',
  outcome,
  path: 'a.js',
  ...more,
});

describe('a track record', () => {
  it('is 1 for what nothing is known of', () => {
    expect(trackRecord(NO_MEMORY)('off-by-one')).toBe(1);
    expect(standing({ proven: 3, failed: 3 })).toBe(1);
  });

  it('rises with each success, falls with each failure, and stays within half and double', () => {
    const record = trackRecord(remember(NO_MEMORY, [lesson('proven'), lesson('proven'), lesson('failed', { template: 'negate' })], AT));
    expect(record('off-by-one')).toBeGreaterThan(1.2);
    expect(record('negate')).toBeLessThan(1);
    expect([standing({ proven: 1000, failed: 0 }), standing({ proven: 0, failed: 1000 })]).toEqual([expect.closeTo(2), 0.5]);
  });

  it('counts a rejection as a failure, a playbook beside its codemod, and both operators of a pair', () => {
    const records = [lesson('rejected', { playbook: 'null-access', template: 'guard' }), lesson('proven', { template: 'a+b' })];
    const record = trackRecord(remember(NO_MEMORY, records, AT));
    for (const name of ['null-access', 'guard']) expect(record(name)).toBeLessThan(1);
    for (const name of ['a', 'b']) expect(record(name)).toBeGreaterThan(1);
  });
});

describe('remembering', () => {
  it('keeps the latest only', () => {
    const many = Array.from({ length: MAX_RECORDS + 5 }, (_, i) => lesson('proven', { path: `${i}.js` }));
    const { records } = remember(NO_MEMORY, many, AT);
    expect([records.length, records[0]?.path, records.at(-1)?.path]).toEqual([MAX_RECORDS, '5.js', `${MAX_RECORDS + 4}.js`]);
  });

  it('leaves out what does not fit', () => {
    expect(remember(NO_MEMORY, [lesson('proven', { path: 'x'.repeat(2000) })], AT).records).toEqual([]);
  });
});

const candidate = (before: string, after: string): [Candidate, Map<string, string>] => [
  { patch: new Map([['a.js', after]]), origin: 'mutation', template: 'off-by-one', summary: '', path: 'a.js', line: 1, prior: 1, size: 1 },
  new Map([['a.js', before]]),
];
const attempt = (outcome: 'proven' | 'failed' | 'not_chosen') => ({
  summary: '',
  template: 'off-by-one',
  diff_stat: '',
  outcome,
  reason: '',
});

describe('the lessons of a heal', () => {
  const [one, texts] = candidate(
    'function f(n) {\n  for (let i = 0; i <= n; i++) g(i);\n}\n',
    'function f(n) {\n  for (let i = 0; i < n; i++) g(i);\n}\n',
  );

  it('have the proven change as before and after, and where it was', () => {
    expect(lessonsOf({ fingerprints: [], candidates: [one], attempts: [attempt('proven')], texts })).toEqual([
      { ...lesson('proven'), function: 'f', fix: { kind: 'expression', before: 'i <= n', after: 'i < n' } },
    ]);
  });

  it('have no shape of what failed, and nothing of what was only doubtful', () => {
    const attempts = [attempt('failed'), attempt('not_chosen')];
    expect(lessonsOf({ fingerprints: [], candidates: [one, one], attempts, texts })).toEqual([lesson('failed')]);
  });

  it('have no shape of a file that did not parse', () => {
    const [broken, of] = candidate('f(;', 'f();');
    expect(lessonsOf({ fingerprints: [], candidates: [broken], attempts: [attempt('proven')], texts: of })).toEqual([lesson('proven')]);
  });
});

describe('the fingerprint of a failure', () => {
  const snapshot = { revision: '', files: new Map([['a.js', '']]) };
  const failure = (message: string, line: number, fn = 'sum') => ({
    name: 'TypeError',
    message,
    stack: `TypeError: ${message}\n    at ${fn} (/r/a.js:${line}:3)`,
  });
  const of = (...failures: ReturnType<typeof failure>[]) => fingerprintsOf(failures, snapshot, '/r');

  it('is the same after an edit above and for other values, and another for another function', () => {
    expect(of(failure('got 3', 10))).toEqual(of(failure('got 4', 99)));
    expect(of(failure('got 3', 10))).not.toEqual(of(failure('got 3', 10, 'other')));
  });

  it('is there once for failures that are alike', () => {
    expect(of(failure('got 3', 10), failure('got 4', 11), failure('no list', 12))).toHaveLength(2);
  });
});

describe('the overview', () => {
  it('has templates with their rates, mined shapes with their support, and the fixes, latest first', () => {
    const guard = (a: string, b: string): Partial<Lesson> => ({
      path: `${a}.js`,
      fix: { kind: 'expression', before: `${a}.${b}.c`, after: `${a}.${b} && ${a}.${b}.c` },
    });
    const memory = remember(NO_MEMORY, [lesson('proven', guard('x', 'y')), lesson('failed'), lesson('proven', guard('p', 'q'))], AT);
    expect(overviewOf(memory)).toMatchObject({
      records: 3,
      proven: 2,
      templates: [{ name: 'off-by-one', proven: 2, failed: 1, rate: 2 / 3, rank: 1.14 }],
      mined: [{ before: 'h1.h2.c', after: 'h1.h2 && h1.h2.c', support: 2 }],
      fixes: [{ path: 'p.js' }, { path: 'x.js' }],
    });
  });
});
