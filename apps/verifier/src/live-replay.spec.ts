import { describe, expect, it } from '@jest/globals';
import { type RecordedRequest, targetConfig } from '@selfheal/contracts';
import { aProof, aReplay } from '@selfheal/testing';
import { goodRequests, judgeLive, mayReplay } from './live-replay.js';

const request = (method: RecordedRequest['method'], path = '/a', headers = {}): RecordedRequest => ({ method, path, headers });
const keyed = request('POST', '/a', { 'Idempotency-Key': 'k' });

describe('mayReplay', () => {
  it.each<[RecordedRequest, boolean, boolean, boolean]>([
    [request('GET'), true, true, true],
    [request('HEAD'), true, true, true],
    [request('POST'), false, false, true],
    [request('DELETE'), false, false, true],
    [keyed, false, true, true],
  ])('%j: never %s, with a key %s, always %s', (given, never, withKey, always) => {
    expect(mayReplay(given, 'never')).toBe(never);
    expect(mayReplay(given, 'with-idempotency-key')).toBe(withKey);
    expect(mayReplay(given, 'always')).toBe(always);
  });
});

describe('goodRequests', () => {
  const config = targetConfig.parse({
    name: 'shop',
    start: { command: ['node'] },
    base_url: 'http://x',
    deploy: { strategy: 'hot-reload', control_url: 'http://y' },
    replay: { good: [{ request: { method: 'GET', path: '/a' }, expect: { status: 204 } }] },
  });
  it('are those configured, which win, and those recorded that may be replayed and passed on base', () => {
    const recorded = ['/a', '/b', '/broken'].map((path) => ({ request: request('GET', path), expectation: { status: 200 } }));
    const failed = aReplay({ request: { method: 'GET', path: '/broken' }, passed: false });
    const proof = aProof({ replays: [{ role: 'good', base: failed, patched: failed }] });
    const good = goodRequests(config, [...recorded, { request: request('POST', '/c') }], proof);
    expect(good.map((g) => [g.request.path, g.expectation?.status])).toEqual([
      ['/a', 204],
      ['/b', 200],
    ]);
  });
});

describe('judgeLive', () => {
  const facts = { mode: 'replay' as const, failing: aReplay(), recurred: false, good: [aReplay()], healthy: true };
  it.each([
    ['passes', facts, true, /the failing request passes, 1 good/],
    ['passes what did not come again', { ...facts, mode: 'watch' as const, failing: undefined }, true, /did not come again/],
    ['fails what is not healthy', { ...facts, healthy: false }, false, /health check/],
    ['fails what still fails', { ...facts, failing: aReplay({ passed: false, reason: 'status 500' }) }, false, /status 500/],
    ['fails what came again', { ...facts, recurred: true }, false, /came again/],
    ['fails what broke something', { ...facts, good: [aReplay(), aReplay({ passed: false, reason: 'gone' })] }, false, /1 of 2.*gone/],
  ])('%s', (_, given, passed, reason) => {
    expect(judgeLive(given)).toEqual({ passed, reason: expect.stringMatching(reason) });
  });
});
