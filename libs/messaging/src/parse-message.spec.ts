import { describe, expect, it } from '@jest/globals';
import { MAX_FAILURE_BYTES } from '@selfheal/contracts';
import { aFailure, anRcaReady } from '@selfheal/testing';
import { parseFailure, parseHealing } from './parse-message.js';

const bytes = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));

describe('parseFailure', () => {
  it('reads a failure of the service whose subject it came on', () => {
    expect(parseFailure('failures.shop', bytes(aFailure())).payload.service).toBe('shop');
  });

  it.each([
    ['text that is no JSON', 'failures.shop', bytes('{"type":'), 'malformed', 'not JSON'],
    ['bytes that are no UTF-8', 'failures.shop', new Uint8Array([0x22, 0xff, 0x22]), 'malformed', 'not JSON in UTF-8'],
    ['an unknown type', 'failures.shop', bytes({ ...aFailure(), type: 'SUCCESS' }), 'malformed', 'type'],
    ['a missing field', 'failures.shop', bytes({ ...aFailure(), payload: { service: 'shop' } }), 'malformed', 'payload.error'],
    ['a service that speaks for another', 'failures.cart', bytes(aFailure()), 'service-mismatch', 'payload.service is shop'],
    ['five megabytes', 'failures.shop', new Uint8Array(5_000_000), 'too-large', `${MAX_FAILURE_BYTES} bytes`],
    [
      'an absolute URL as request path',
      'failures.shop',
      bytes({
        ...aFailure(),
        payload: { ...aFailure().payload, request: { method: 'GET', path: 'http://169.254.169.254/', headers: {} } },
      }),
      'malformed',
      'payload.request.path',
    ],
    [
      'a protocol-relative request path',
      'failures.shop',
      bytes({ ...aFailure(), payload: { ...aFailure().payload, request: { method: 'GET', path: '//evil.example/', headers: {} } } }),
      'malformed',
      'payload.request.path',
    ],
  ])('refuses %s', (_, subject, data, code, reason) => {
    expect(() => parseFailure(subject, data)).toThrow(expect.objectContaining({ code, message: expect.stringContaining(reason) }));
  });
});

describe('parseHealing', () => {
  const event = anRcaReady();

  it('reads an event whose subject says the same as its envelope', () => {
    expect(parseHealing(`healing.${event.trace_id}.RCA_READY.1`, bytes(event))).toEqual(event);
  });

  it.each([
    'healing.00000000000000000000000000000001.RCA_READY.1',
    `healing.${event.trace_id}.RCA_READY.2`,
    `healing.${event.trace_id}.HEALED.1`,
  ])('refuses the event on another subject: %s', (subject) => {
    expect(() => parseHealing(subject, bytes(event))).toThrow(expect.objectContaining({ code: 'malformed' }));
  });
});
