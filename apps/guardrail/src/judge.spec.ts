import { describe, expect, it } from '@jest/globals';
import type { Candidate, Judged, Proof, Verdict } from '@selfheal/contracts';
import { mayGoOn, order, rejectionCode, whyNot } from './judge.js';

const candidate = (c: string): Candidate => ({ digest: c.repeat(64), diff: c, files: ['a'], loc: 1, template: 't', summary: c, score: 1 });
const check = (name: string, passed: boolean): Verdict['checks'][number] => ({
  check: name,
  group: 'validation',
  passed,
  reason: `${name} says`,
  evidence: [],
});
const verdict = (...checks: Verdict['checks']): Verdict => ({
  passed: checks.every((c) => c.passed),
  allowlist: true,
  max_loc: true,
  no_secrets: true,
  no_dangerous_ops: true,
  checks,
});
const replay = (role: 'failing' | 'good', base: boolean, patched: boolean): Proof['replays'][number] => {
  const result = (passed: boolean) => ({
    request: { method: 'GET' as const, path: '/a' },
    passed,
    duration_ms: 1,
    reason: passed ? '' : 'status 500',
  });
  return { role, base: result(base), patched: result(patched) };
};
const proof = (proven: boolean, reproduced: boolean, ...replays: Proof['replays']): Proof => ({
  proven,
  reproduced,
  reason: 'because',
  replays,
  duration_ms: 1,
});
const fine = verdict(check('syntax', true));

describe('order', () => {
  const [a, b, c] = ['a', 'b', 'c'].map(candidate) as [Candidate, Candidate, Candidate];
  it('keeps the order of the patcher, each candidate once', () => expect(order([b, a, b, c], [], 9)).toEqual([b, a, c]));
  it('leaves out what was tried', () => expect(order([a, b, c], [b.digest], 9)).toEqual([a, c]));
  it('keeps to the limit', () => expect(order([a, b, c], [a.digest], 1)).toEqual([b]));
});

describe('mayGoOn', () => {
  it.each<[string, Verdict, Proof | undefined, boolean]>([
    ['everything passed and is proven', fine, proof(true, true), true],
    ['a check failed', verdict(check('types', false)), proof(true, true), false],
    ['there is no proof', fine, undefined, false],
    ['it is reproduced but not proven', fine, proof(false, true), false],
    ['it is not reproduced and nothing broke', fine, proof(false, false, replay('good', true, true)), true],
    ['it is not reproduced and a good request broke', fine, proof(false, false, replay('good', true, false)), false],
    ['it is not reproduced and the request fails only with the patch', fine, proof(false, false, replay('failing', true, false)), false],
    [
      'it is not reproduced and the failing request fails with the patch too, as when nothing starts',
      fine,
      proof(false, false, replay('failing', false, false)),
      false,
    ],
    [
      'it is not reproduced because the base does not start, and passes with the patch',
      fine,
      proof(false, false, replay('failing', false, true)),
      true,
    ],
    ['it is not reproduced, and a request that failed still fails', fine, proof(false, false, replay('good', false, false)), true],
  ])('%s', (_, v, p, goesOn) => expect(mayGoOn(v, p)).toBe(goesOn));
});

describe('whyNot', () => {
  const judged = (v: Verdict, p?: Proof): Judged => ({ candidate: 'a'.repeat(64), verdict: v, ...(p && { proof: p }) });
  it('names the failed checks, not those that were never reached', () => {
    expect(whyNot(judged(verdict(check('allowlist', false), check('types', false))))).toBe('aaaaaaaa: allowlist (allowlist says)');
  });
  it('names a check of the sandbox that fails alone', () => {
    expect(whyNot(judged(verdict(check('types', false)), proof(true, true)))).toBe('aaaaaaaa: types (types says)');
  });
  it('names the broken request', () => {
    expect(whyNot(judged(fine, proof(false, true, replay('good', true, false))))).toBe('aaaaaaaa: breaks GET /a: status 500');
  });
  it('gives the reason of the proof', () => expect(whyNot(judged(fine, proof(false, true)))).toBe('aaaaaaaa: because'));
  it('tells policy from proof', () => {
    expect(rejectionCode([judged(fine)])).toBe('policy');
    expect(rejectionCode([judged(fine), judged(fine, proof(false, true))])).toBe('not-proven');
  });
});
