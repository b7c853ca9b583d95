import { describe, expect, it } from '@jest/globals';
import { verdict } from '@selfheal/contracts';
import { evaluate, passedBeforeTrial } from './evaluate.js';
import type { Check } from './facts.js';
import { patchOf, rawPatch } from './fixtures/patch-of.js';
import { CHECKS } from './registry.js';

const good = () => patchOf('export const a = 1;\n', 'export const a = 2;\n');
const failedOf = (v: ReturnType<typeof evaluate>) => v.checks.filter((c) => !c.passed).map((c) => c.check);

describe('evaluate', () => {
  it('passes a good patch, and shows every check', () => {
    const v = evaluate(good());
    expect(verdict.parse(v)).toEqual(v);
    expect(v).toMatchObject({ passed: true, allowlist: true, max_loc: true, no_secrets: true, no_dangerous_ops: true });
    expect(v.checks.map((c) => c.check)).toEqual(CHECKS.map((c) => c.name));
    expect(v.checks.every((c) => c.reason.length > 0)).toBe(true);
  });

  it('shows every failure, not only the first', () => {
    const key = `ghp_${'aB3dE5gH7jK9mN1pQ2rS'.repeat(2).slice(0, 36)}`;
    const v = evaluate(patchOf('', `eval('${key}');\ntry { a(); } catch {}\n`, 'lib/a.ts'));
    expect(failedOf(v)).toEqual(['allowlist', 'no_secrets', 'no_dangerous_ops', 'no_swallowed_errors']);
  });

  it('fails closed: a check that throws is a failed verdict that says so', () => {
    const broken: Check = { name: 'no_secrets', group: 'operation-safety', needs: 'patch', run: () => JSON.parse('{') };
    const v = evaluate(good(), [broken]);
    expect(v).toMatchObject({ passed: false, no_secrets: false, allowlist: false });
    expect(v.checks[0]).toMatchObject({ passed: false, reason: expect.stringMatching(/^the check itself failed.*SyntaxError/) });
  });

  it('fails closed: no checks is no pass', () => expect(evaluate(good(), []).passed).toBe(false));

  it.each([
    ['types not run', { types: undefined }, ['types']],
    ['a new type error', { types: { ran: true, new_errors: ['src/a.ts(1,1): error TS1'] } }, ['types']],
    ['no type check', { types: { ran: false, new_errors: [] } }, []],
    ['an inverse that is not shown', { inverseApplies: undefined }, ['inverse']],
    ['an inverse that does not apply', { inverseApplies: false }, ['inverse']],
  ])('judges %s', (_, over, failed) => expect(failedOf(evaluate({ ...good(), ...over }))).toEqual(failed));

  it('says why the patched files are not known', () => {
    const v = evaluate({ ...good(), files: [], unreadable: 'the diff does not apply to src/a.ts' });
    expect(v.checks[0]).toMatchObject({ check: 'allowlist', passed: false, reason: expect.stringContaining('does not apply') });
  });

  it('lets only what passes every static check be executed', () => {
    expect(passedBeforeTrial(evaluate({ ...good(), types: undefined, inverseApplies: undefined }))).toBe(true);
    expect(passedBeforeTrial(evaluate(patchOf('', 'eval(a);\n')))).toBe(false);
    expect(passedBeforeTrial(evaluate(good(), []))).toBe(false);
  });

  it('stays within the bounds of the contract for a huge hostile diff', () => {
    const diff = Array.from({ length: 3000 }, (_, i) => `--- a/../${i}\n+++ b/../${i}\n@@ -1 +1 @@\n-a\n+b\n`).join('');
    const v = evaluate(rawPatch(diff));
    expect(verdict.safeParse(v).success).toBe(true);
    expect(v.passed).toBe(false);
  });

  it.each([
    '',
    '\0',
    '--- a/x',
    '@@ -1 +1 @@',
    '--- a/src/a.ts\n+++ b/src/a.ts\n@@ -1,999999 +1,999999 @@\n',
    '--- a/x\n+++ b/x\n@@ -9999999999 +1 @@\n-a\n',
  ])('rejects %j', (diff) => {
    expect(evaluate(rawPatch(diff))).toMatchObject({ passed: false, allowlist: false });
  });
});
