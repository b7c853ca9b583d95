import { describe, expect, it } from '@jest/globals';
import { canonicalJson, proofDigest } from './digest.js';
import { evaluate } from './evaluate.js';
import { patchOf } from './fixtures/patch-of.js';

const facts = patchOf('export const a = 1;\n', 'export const a = 2;\n');
const provable = {
  diff: facts.diff,
  verdict: evaluate(facts),
  proof: { proven: true, reproduced: true, reason: 'r', replays: [], duration_ms: 1 },
  base_revision: 'a'.repeat(40),
};

describe('proofDigest', () => {
  it('does not depend on the order of members, nor on the way through JSON', () => {
    const turned = Object.fromEntries(
      Object.entries(JSON.parse(JSON.stringify(provable)) as typeof provable).reverse(),
    ) as unknown as typeof provable;
    expect(proofDigest(turned)).toBe(proofDigest(provable));
    expect(proofDigest(provable)).toMatch(/^[0-9a-f]{64}$/);
  });
  it.each([
    ['patch', { diff: `${provable.diff} ` }],
    ['proof', { proof: { ...provable.proof, reason: 'other' } }],
    ['verdict', { verdict: { ...provable.verdict, max_loc: false } }],
    ['base revision', { base_revision: 'b'.repeat(40) }],
  ])('changes with the %s', (_, over) => expect(proofDigest({ ...provable, ...over })).not.toBe(proofDigest(provable)));
});

describe('canonicalJson', () => {
  it.each<[unknown, string]>([
    [{ b: 1, a: [true, null, 'x'], c: undefined }, '{"a":[true,null,"x"],"b":1}'],
    [{ '\u20ac': 1, '\r': 2, '1': 3 }, '{"\\r":2,"1":3,"€":1}'],
    [[1e30, 4.5, 0.002, 1e-27, -0], '[1e+30,4.5,0.002,1e-27,0]'],
  ])('writes %j', (value, text) => expect(canonicalJson(value)).toBe(text));
  it.each([[Number.NaN], [[undefined]], [() => 1]])('refuses what JSON cannot say: %p', (value) =>
    expect(() => canonicalJson(value)).toThrow(TypeError),
  );
});
