import { describe, expect, it } from '@jest/globals';
import { HEALING_EVENT_TYPES, SERVICES } from './pipeline.js';
import {
  deadSubject,
  durableName,
  failureSubject,
  healingFilter,
  healingSubject,
  PROGRESS_FILTER,
  progressSubject,
  STREAMS,
  SUBJECT_TOKEN,
  traceSubject,
} from './subjects.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';

/** NATS subject matching: `*` is one token, `>` the rest, at least one (https://docs.nats.io/nats-concepts/subjects). */
function matches(filter: string, subject: string): boolean {
  const wanted = filter.split('.');
  const tokens = subject.split('.');
  if (wanted.at(-1) === '>') return tokens.length >= wanted.length && wanted.slice(0, -1).every((w, i) => w === '*' || w === tokens[i]);
  return wanted.length === tokens.length && wanted.every((w, i) => w === '*' || w === tokens[i]);
}

describe('subjects', () => {
  it.each(HEALING_EVENT_TYPES)('a %s is heard by the filter of its type and of its trace, and by no other', (type) => {
    const subject = healingSubject(TRACE, type, 2);
    expect(HEALING_EVENT_TYPES.filter((other) => matches(healingFilter(other), subject))).toEqual([type]);
    expect(matches(traceSubject(TRACE), subject)).toBe(true);
    expect(matches(traceSubject('1'.repeat(32)), subject)).toBe(false);
  });

  it('fall into one stream each', () => {
    const subjects = [failureSubject('shop'), healingSubject(TRACE, 'HEALED', 1), deadSubject('rca', 'HEALING')];
    const homes = subjects.map((s) => Object.values(STREAMS).filter((stream) => stream.subjects.some((filter) => matches(filter, s))));
    expect(homes.map((streams) => streams.map(({ name }) => name))).toEqual([['FAILURES'], ['HEALING'], ['DEAD']]);
  });

  it('keep progress out of every stream', () => {
    const subject = progressSubject(TRACE);
    expect(matches(PROGRESS_FILTER, subject)).toBe(true);
    for (const stream of Object.values(STREAMS)) for (const filter of stream.subjects) expect(matches(filter, subject)).toBe(false);
  });

  it.each(['', '*', '>', 'a.b', 'a b', 'a\r\nPUB x 0', 'ä', 'a'.repeat(65), 'shop\n'])('refuse the token %j', (hostile) => {
    for (const make of [failureSubject, traceSubject, progressSubject, (t: string) => healingSubject(t, 'HEALED', 1)]) {
      expect(() => make(hostile)).toThrow(RangeError);
    }
  });

  it('do not repeat a hostile token at length', () => {
    expect(() => failureSubject('>'.repeat(1e6))).toThrow(/^.{1,200}$/s);
  });

  it('name one durable for each service and event', () => {
    const names = SERVICES.flatMap((service) => HEALING_EVENT_TYPES.map((type) => durableName(service, type)));
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(SUBJECT_TOKEN);
  });
});
