/** A heal in a handful of facts, for someone who reads one line. */
import type { HealingTrace } from '@selfheal/contracts';
import { percent } from '../text/format';

export interface Fact {
  readonly label: string;
  readonly value: string;
  readonly tone: 'healed' | 'escalated' | 'rolling' | 'quiet';
}

/** What is known so far, in the order in which it becomes known. */
export function factsOf({ cause, code_change, verdict, proof, verification }: HealingTrace): Fact[] {
  const facts: Fact[] = [];
  if (cause) facts.push({ label: 'Confidence', value: percent(cause.confidence), tone: 'quiet' });
  if (code_change)
    facts.push({ label: 'Patch', value: `${count(code_change.loc, 'line')} in ${count(code_change.files.length, 'file')}`, tone: 'quiet' });
  if (verdict) {
    const failed = verdict.checks.filter((check) => !check.passed).map((check) => check.check);
    const passed = `${verdict.checks.length - failed.length} of ${verdict.checks.length}`;
    facts.push({ label: 'Guardrails', value: failed[0] ? `${failed[0]} failed` : passed, tone: verdict.passed ? 'healed' : 'escalated' });
  }
  if (proof) {
    const failing = proof.replays.find((replay) => replay.role === 'failing');
    const change = failing ? `${failing.base.status ?? 'no answer'} → ${failing.patched.status ?? 'no answer'}` : '';
    facts.push({ label: 'Proof', value: change || (proof.proven ? 'proven' : 'not proven'), tone: proof.proven ? 'healed' : 'escalated' });
  }
  if (code_change?.rolled_back) facts.push({ label: 'Rolled back', value: 'byte for byte', tone: 'rolling' });
  else if (verification)
    facts.push({ label: 'Live', value: verification.passed ? 'holds' : 'fails', tone: verification.passed ? 'healed' : 'escalated' });
  return facts;
}

const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
