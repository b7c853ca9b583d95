/** The verdict as the customer's four boxes, and every other check by group. */
import type { CheckVerdict, Verdict } from '@selfheal/contracts';

export const BOXES = [
  { field: 'allowlist', title: 'File allowlist' },
  { field: 'max_loc', title: 'Max lines changed' },
  { field: 'no_secrets', title: 'No secrets' },
  { field: 'no_dangerous_ops', title: 'No dangerous operations' },
] as const;

export interface GuardrailBox {
  readonly field: (typeof BOXES)[number]['field'];
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'pending';
  readonly reason: string;
}

/** All four, always: pending until there is a verdict. */
export function boxesOf(verdict: Verdict | undefined): GuardrailBox[] {
  return BOXES.map(({ field, title }) => {
    const reason = verdict?.checks.find((check) => nameOf(check) === field)?.reason ?? '';
    const state = verdict === undefined ? 'pending' : verdict[field] ? 'passed' : 'failed';
    return { field, title, state, reason };
  });
}

/** The checks that are not one of the four, failed ones first, else in the order they ran. */
export function otherChecks(verdict: Verdict): CheckVerdict[] {
  const boxes: ReadonlySet<string> = new Set(BOXES.map((box) => box.field));
  return verdict.checks.filter((check) => !boxes.has(nameOf(check))).sort((a, b) => Number(a.passed) - Number(b.passed));
}

/** Check files are named in kebab case, the verdict's fields in snake case. */
const nameOf = (check: CheckVerdict): string => check.check.replaceAll('-', '_');
