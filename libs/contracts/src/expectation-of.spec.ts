import { describe, expect, it } from '@jest/globals';
import { expectationOf } from './expectation-of.js';
import { failurePayload } from './payloads/failure.js';

const failure = (over: object) => failurePayload.parse({ service: 's', error: { name: 'E', message: 'm' }, ...over });

describe('expectationOf', () => {
  it.each([
    ['nothing for a failure that says nothing', {}, undefined],
    ['what the failure says', { expectation: { status: 201 } }, { status: 201 }],
    ['the objective of a slow request', { duration_ms: 900, objective_ms: 300 }, { max_ms: 300 }],
    ['both', { expectation: { json: { a: 1 } }, duration_ms: 900, objective_ms: 300 }, { json: { a: 1 }, max_ms: 300 }],
    ['no objective for a request that met it', { duration_ms: 200, objective_ms: 300 }, undefined],
    ['the bound that the failure names', { expectation: { max_ms: 100 }, duration_ms: 900, objective_ms: 300 }, { max_ms: 100 }],
  ])('is %s', (_, over, expected) => expect(expectationOf(failure(over))).toEqual(expected));
});
