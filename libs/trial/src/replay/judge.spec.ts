import { describe, expect, it } from '@jest/globals';
import { type Answer, judge } from './judge.js';

const answer = (over: Partial<Answer> = {}): Answer => ({ status: 200, body: '', duration_ms: 5, ...over });

describe('judge', () => {
  it.each([
    ['any status below 500 without an expectation', undefined, answer({ status: 404 })],
    ['the expected status', { status: 503 }, answer({ status: 503 })],
    ['a body that has more than expected', { json: { a: { b: 1 } } }, answer({ body: '{"a":{"b":1,"c":2},"d":3}' })],
    ['an equal array', { json: [1, { a: 1 }] }, answer({ body: '[1,{"a":1}]' })],
    ['expected null', { json: { a: null } }, answer({ body: '{"a":null}' })],
    ['the time allowed', { max_ms: 5 }, answer()],
  ])('passes %s', (_, expectation, given) => {
    expect(judge(expectation, given)).toEqual({ reason: '' });
  });

  it.each([
    ['a server error', undefined, answer({ status: 500 }), 'status', 'status 500 instead of one below 500'],
    ['a server error, though the body fits', { json: {} }, answer({ status: 500, body: '{}' }), 'status', /500/],
    ['another status', { status: 201 }, answer(), 'status', 'status 200 instead of 201'],
    ['no answer', undefined, answer({ status: undefined, failure: 'ECONNRESET' }), 'no-answer', 'ECONNRESET'],
    ['half an answer', undefined, answer({ failure: 'aborted' }), 'no-answer', 'aborted'],
    ['a body that is not JSON', { json: {} }, answer({ body: '<html>' }), 'json', 'the body is not JSON'],
    ['a missing field', { json: { 'a/b': { c: 1 } } }, answer({ body: '{"a/b":{}}' }), 'json', /at \/a~1b\/c$/],
    ['a field of the prototype', { json: { constructor: {} } }, answer({ body: '{}' }), 'json', /constructor/],
    ['an array with one more', { json: [1] }, answer({ body: '[1,2]' }), 'json', /at \/$/],
    ['another type', { json: { n: 1 } }, answer({ body: '{"n":"1"}' }), 'json', /at \/n$/],
    ['too long a time', { max_ms: 4 }, answer(), 'latency', 'took 5 ms, allowed are 4 ms'],
  ])('does not pass %s', (_, expectation, given, fault, reason) => {
    expect(judge(expectation, given)).toEqual({ fault, reason: typeof reason === 'string' ? reason : expect.stringMatching(reason) });
  });
});
