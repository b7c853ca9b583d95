import { describe, expect, it } from '@jest/globals';
import { aFailure, anEvent } from '@selfheal/testing';
import { z } from 'zod';
import { failureEvent, healingEvent, issuesOf, parseHealingEvent, patchLog } from './envelope.js';
import { HEALING_EVENT_TYPES } from './pipeline.js';

/** The issues that `parse` names, `field: message` each. */
function issues(parse: () => unknown): string[] {
  try {
    parse();
  } catch (error) {
    if (error instanceof z.ZodError) return issuesOf(error);
    throw error;
  }
  return [];
}
const TRACE = '0af7651916cd43dd8448eb211c80319c';
const started = () => anEvent('HEALING_STARTED', {}, { trace: TRACE });

describe('parseHealingEvent', () => {
  it.each(HEALING_EVENT_TYPES)('takes a %s back as it was said', (type) => {
    const event = anEvent(type, {}, { trace: TRACE });
    expect(parseHealingEvent(JSON.parse(JSON.stringify(event)))).toEqual(event);
  });

  it('drops fields that the contract does not know', () => {
    expect(parseHealingEvent({ ...started(), admin: true })).toEqual(started());
  });

  it.each<[string, unknown]>([
    ['not an object', 'HEALING_STARTED'],
    ['null', null],
    ['an array', [started()]],
    ['an unknown type', { ...started(), type: 'RM_RF' }],
    ['a type from the prototype', { ...started(), type: '__proto__' }],
    ['another type in lower case', { ...started(), type: 'healing_started' }],
  ])('refuses %s', (_name, value) => {
    expect(issues(() => parseHealingEvent(value))).toHaveLength(1);
  });

  it.each([
    ['upper case', TRACE.toUpperCase()],
    ['all zero', '0'.repeat(32)],
    ['too short', TRACE.slice(1)],
    ['too long', `${TRACE}0`],
    ['a wildcard', '*'],
    ['another subject', `${TRACE.slice(0, 30)}.>`],
    ['a new line at its end', `${TRACE}\n`],
    ['nothing', undefined],
    ['a number', 7],
  ])('names trace_id when it is %s', (_name, trace_id) => {
    expect(issues(() => parseHealingEvent({ ...started(), trace_id }))).toEqual([expect.stringMatching(/^trace_id: /)]);
  });

  it('names every field that is wrong, also deep in the payload', () => {
    const event = anEvent('RCA_READY');
    const wrong = {
      ...event,
      key: 'with a space',
      timestamp: 'yesterday',
      payload: { ...event.payload, confidence: 1.5, cause: { ...event.payload.cause, category: 'magic' } },
    };
    const fields = issues(() => parseHealingEvent(wrong)).map((issue) => issue.split(':')[0]);
    expect(fields.sort()).toEqual(['key', 'payload.cause.category', 'payload.confidence', 'timestamp']);
  });

  it.each([
    ['leaves the target', '../etc/passwd'],
    ['leaves it in the middle', 'src/../../etc/passwd'],
    ['is absolute', '/etc/passwd'],
    ['is absolute on Windows', 'C:/boot.ini'],
    ['has back slashes', 'src\\..\\..\\x'],
    ['has a NUL', 'src/a.ts\0.png'],
    ['has a new line', 'src/a\n.ts'],
    ['is empty', ''],
    ['is too long', 'a'.repeat(1025)],
  ])('names the path of a patch that %s', (_name, path) => {
    const event = anEvent('MORPH_APPLY_SUCCEEDED');
    const [candidate] = event.payload.candidates;
    const wrong = { ...event, payload: { ...event.payload, candidates: [{ ...candidate, files: [path] }] } };
    expect(issues(() => parseHealingEvent(wrong))).toEqual([expect.stringMatching(/^payload\.candidates\.0\.files\.0: /)]);
  });

  it.each(['src/a.ts', 'a..b/c.ts', '.env.example', 'src/ünï.ts'])('takes the path %s', (path) => {
    const event = anEvent('RCA_READY');
    const patch_spec = { ...event.payload.patch_spec, files: [path] };
    expect(parseHealingEvent({ ...event, payload: { ...event.payload, patch_spec } })).toBeDefined();
  });

  it('bounds attempts', () => {
    for (const attempt of [0, -1, 1.5, 101, Number.NaN, '1']) {
      expect(issues(() => parseHealingEvent({ ...started(), payload: { ...started().payload, attempt } }))).toEqual([
        expect.stringMatching(/^payload\.attempt: /),
      ]);
    }
  });
});

describe('healingEvent', () => {
  it('has one key for one outcome of an attempt', () => {
    const { payload } = anEvent('RCA_FAILED', { attempt: 3 });
    expect(healingEvent('RCA_FAILED', TRACE, '2026-01-01T00:00:00.000Z', payload)).toEqual({
      type: 'RCA_FAILED',
      key: `${TRACE}.RCA_FAILED.3`,
      payload,
      timestamp: '2026-01-01T00:00:00.000Z',
      trace_id: TRACE,
    });
  });
});

describe('failureEvent', () => {
  it.each(['FAILURE', 'RETURN_API_FAILURE', 'A1_FAILURE'])('takes the type %s', (type) => {
    expect(failureEvent.parse({ ...aFailure(), type }).type).toBe(type);
  });

  it.each(['', 'failure', 'HEALED', '_FAILURE', 'FAILURE_', 'RETURN.FAILURE', 'X FAILURE', 'FAILURE\n', '>', `${'A_'.repeat(70)}FAILURE`])(
    'names the type %j as wrong',
    (type) => {
      const found = issues(() => failureEvent.parse({ ...aFailure(), type }));
      expect(found.length).toBeGreaterThan(0);
      for (const issue of found) expect(issue).toMatch(/^type: /);
    },
  );

  it.each(['shop.>', '*', 'shop orders', '', 'a'.repeat(65), '../shop'])(
    'names the service %j as wrong: it becomes a subject',
    (service) => {
      const event = aFailure();
      expect(issues(() => failureEvent.parse({ ...event, payload: { ...event.payload, service } }))).toEqual([
        expect.stringMatching(/^payload\.service: /),
      ]);
    },
  );

  it.each(['http://169.254.169.254/', '//evil.example/', 'orders', '/a b', '/a\r\nHost: evil', '/\\evil.example', ''])(
    'names the request path %j as wrong: a replay goes to the target only',
    (path) => {
      const event = aFailure({ request: { method: 'GET', path: '/', headers: {} } });
      const request = { ...event.payload.request, path };
      expect(issues(() => failureEvent.parse({ ...event, payload: { ...event.payload, request } }))).toEqual([
        expect.stringMatching(/^payload\.request\.path: /),
      ]);
    },
  );

  it.each([
    ['error.message', { error: { name: 'E', message: 'x'.repeat(8193) } }],
    ['error.stack', { error: { name: 'E', message: '', stack: 'x'.repeat(32_769) } }],
    ['recorded', { recorded: Array.from({ length: 21 }, () => ({ request: { method: 'GET', path: '/' }, response: { status: 200 } })) }],
    ['request.body', { request: { method: 'POST', path: '/', body: 'x'.repeat(65_537) } }],
    ['response.status', { response: { status: 99 } }],
  ])('names payload.%s when it is out of bounds', (field, more) => {
    const event = aFailure();
    expect(issues(() => failureEvent.parse({ ...event, payload: { ...event.payload, ...more } }))).toEqual([
      expect.stringMatching(new RegExp(`^payload\\.${field}: `)),
    ]);
  });

  it('needs no trace: the detector gives one', () => {
    const { trace_id: _, ...event } = aFailure();
    expect(failureEvent.parse(event).trace_id).toBeUndefined();
  });
});

describe('patchLog', () => {
  it('is an info line unless it says so', () => {
    const line = { trace_id: TRACE, service: 'patcher', line: 'parsing', timestamp: '2026-01-01T00:00:00Z' };
    expect(patchLog.parse(line).level).toBe('info');
    expect(issues(() => patchLog.parse({ ...line, level: 'fatal' }))).toEqual([expect.stringMatching(/^level: /)]);
  });
});
