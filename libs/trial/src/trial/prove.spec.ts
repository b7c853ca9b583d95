import { describe, expect, it } from '@jest/globals';
import type { Fault } from '../replay/judge.js';
import { decideProof, type Evidence } from './prove.js';
import type { Replayed, Side } from './side.js';

const failing = { request: { method: 'POST' as const, path: '/returns', headers: {} } };
const good = [{ request: { method: 'GET' as const, path: '/orders', headers: {} } }];
const replayed = (status?: number, fault?: Fault): Replayed => ({
  result: { request: { method: 'GET', path: '/x' }, passed: !fault, status, duration_ms: 1, reason: fault ? `because of ${fault}` : '' },
  fault,
});
const ok = replayed(200);
const broken = replayed(500, 'status');
const base: Side = { good: [ok], failing: [broken, broken] };
const patched: Side = { good: [ok], failing: [ok] };
const decide = (over: Partial<Evidence> = {}) => decideProof({ failing, good, base, patched, ...over });

describe('decideProof', () => {
  it('is proven when the failure is there on base, gone with the patch, and the rest is as before', () => {
    const proof = decide();
    expect(proof).toMatchObject({ proven: true, reproduced: true });
    expect(proof.replays.map(({ role }) => role)).toEqual(['good', 'failing']);
  });

  it.each<[string, Partial<Evidence>, RegExp]>([
    ['the failure came without a request', { failing: undefined }, /without a request/],
    ['base does not start', { base: { startFailure: 'no database', good: [], failing: [] } }, /does not start.*no database/],
    ['the request passes on base', { base: { good: [ok], failing: [ok] } }, /does not fail on the base/],
    ['the request fails on base only sometimes', { base: { good: [ok], failing: [broken, ok] } }, /inconclusive/],
    ['the request was tried only once', { base: { good: [ok], failing: [broken] } }, /inconclusive/],
    ['it fails otherwise than reported', { failing: { ...failing, observed: { status: 502 } } }, /gives 500, 502 was reported/],
  ])('is not reproduced when %s', (_, over, reason) => {
    expect(decide(over)).toMatchObject({ proven: false, reproduced: false, reason: expect.stringMatching(reason) });
  });

  it.each<[string, Side, RegExp]>([
    ['does not start', { startFailure: 'SyntaxError', good: [], failing: [] }, /does not start: SyntaxError/],
    ['does not help', { good: [ok], failing: [broken] }, /still fails with the patch: because of status/],
    ['breaks a good request', { good: [broken], failing: [ok] }, /breaks what works: GET \/x: because of status/],
    ['changes the status of a good request', { good: [replayed(204)], failing: [ok] }, /status 204 instead of 200/],
  ])('is not proven when the patched server %s', (_, side, reason) => {
    expect(decide({ patched: side })).toMatchObject({ proven: false, reproduced: true, reason: expect.stringMatching(reason) });
  });

  it('lists a good request that fails on base, and does not hold it against the patch', () => {
    const proof = decide({ base: { ...base, good: [broken] }, patched: { ...patched, good: [broken] } });
    expect(proof).toMatchObject({ proven: true, reason: expect.stringContaining('0 good request(s)') });
    expect(proof.replays).toHaveLength(2);
  });
});
