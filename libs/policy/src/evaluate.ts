import type { CheckVerdict, Verdict } from '@selfheal/contracts';
import type { Check, PatchFacts } from './facts.js';
import { CHECKS } from './registry.js';

/** Verdicts of several hostile candidates travel in one event: what they quote is bounded below what the contract allows. */
const MAX_EVIDENCE = 12;
const MAX_EVIDENCE_CHARS = 400;
const MAX_REASON_CHARS = 600;

/**
 * Runs every check on a patch and shows every verdict, not only the first failure. The four boxes of the customer are
 * derived from the checks of the same name. Passed means that every check passed.
 */
export function evaluate(facts: PatchFacts, checks: readonly Check[] = CHECKS): Verdict {
  const verdicts = checks.map((check) => judge(check, facts));
  const box = (name: string): boolean => verdicts.some((v) => v.check === name) && verdicts.every((v) => v.check !== name || v.passed);
  return {
    passed: verdicts.length > 0 && verdicts.every((v) => v.passed),
    allowlist: box('allowlist'),
    max_loc: box('max_loc'),
    no_secrets: box('no_secrets'),
    no_dangerous_ops: box('no_dangerous_ops'),
    checks: verdicts,
  };
}

/** Whether every check that needs only the patch has passed: only such a patch may be executed, even in a sandbox. */
export function passedBeforeTrial(verdict: Verdict, checks: readonly Check[] = CHECKS): boolean {
  return checks.filter((check) => check.needs === 'patch').every((check) => verdict.checks.some((v) => v.check === check.name && v.passed));
}

function judge(check: Check, facts: PatchFacts): CheckVerdict {
  const { name, group } = check;
  try {
    const { problems, holds } = check.run(facts);
    const passed = problems.length === 0;
    const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
    const reason = clean(passed ? holds : `${problems[0]}${more}`, MAX_REASON_CHARS);
    return { check: name, group, passed, reason, evidence: problems.slice(0, MAX_EVIDENCE).map((p) => clean(p, MAX_EVIDENCE_CHARS)) };
  } catch (error) {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return {
      check: name,
      group,
      passed: false,
      reason: clean(`the check itself failed, so it does not pass: ${message}`, MAX_REASON_CHARS),
      evidence: [],
    };
  }
}

/** Evidence quotes hostile text: what a terminal or a reader would not see as itself is shown as its code point. */
function clean(text: string, max: number): string {
  return text
    .slice(0, max * 2)
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (c) => `<U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase()}>`)
    .slice(0, max);
}
