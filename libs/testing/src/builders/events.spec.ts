import { describe, expect, it } from '@jest/globals';
import { failureEvent, HEALING_EVENT_TYPES, parseHealingEvent } from '@selfheal/contracts';
import { aFailure, anEvent, anRcaReady } from './events.js';

describe('builders', () => {
  it.each(HEALING_EVENT_TYPES)('builds a %s that the contract accepts', (type) => {
    const event = anEvent(type);
    expect(parseHealingEvent(event)).toEqual(event);
  });

  it('builds a failure that the contract accepts, each with a key of its own', () => {
    expect(failureEvent.parse(aFailure())).toEqual(expect.objectContaining({ type: 'RETURN_API_FAILURE' }));
    expect(aFailure().key).not.toBe(aFailure().key);
  });

  it('lets a spec say only what it is about', () => {
    const event = anRcaReady({ confidence: 0.1 }, { trace: 'ab'.repeat(16) });
    expect(event).toMatchObject({ trace_id: 'ab'.repeat(16), payload: { confidence: 0.1, playbook: 'response-schema-mismatch' } });
  });

  it('refuses an override that breaks the contract', () => {
    expect(() => anRcaReady({ confidence: 7 })).toThrow();
  });
});
