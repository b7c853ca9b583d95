import type { FailurePayload, SourceSnapshot } from '@selfheal/contracts';
import { PLAYBOOKS } from './playbooks.js';
import type { Diagnosis, Plan, Playbook, PlaybookInput, Proposal } from './shared/playbook.js';

/** A diagnosis and the playbook that made it. */
export interface RankedDiagnosis extends Diagnosis {
  readonly playbook: string;
}

export interface DiagnosisReport {
  /** Surest first: the plan, and the runners-up for a retry. */
  readonly diagnoses: readonly RankedDiagnosis[];
  /** Playbooks that do not explain the failure, each with why not. */
  readonly rejected: readonly { readonly playbook: string; readonly reason: string }[];
}

/** Asks every playbook. A playbook that breaks on hostile input explains nothing; it stops no other. Pure. */
export function diagnoseFailure(input: PlaybookInput, playbooks: readonly Playbook[] = PLAYBOOKS): DiagnosisReport {
  const diagnoses: RankedDiagnosis[] = [];
  const rejected: { playbook: string; reason: string }[] = [];
  for (const playbook of playbooks) {
    const found = attempt(() => playbook.diagnose(input));
    if ('error' in found) rejected.push({ playbook: playbook.name, reason: `it broke: ${found.error}` });
    else if (found.value) diagnoses.push({ ...found.value, playbook: playbook.name });
    else rejected.push({ playbook: playbook.name, reason: `no sign of it: ${playbook.title.toLowerCase()}` });
  }
  return { diagnoses: diagnoses.sort((a, b) => b.confidence - a.confidence), rejected };
}

/** The fixes of the plan's playbook, best first. Empty for a playbook that is not (or no longer) there. */
export function proposeFixes(
  plan: Plan,
  failure: FailurePayload,
  sources: SourceSnapshot,
  playbooks: readonly Playbook[] = PLAYBOOKS,
): Proposal[] {
  const playbook = playbooks.find(({ name }) => name === plan.playbook);
  if (!playbook) return [];
  const proposed = attempt(() => playbook.propose(plan, failure, sources));
  return 'value' in proposed ? proposed.value : [];
}

function attempt<T>(work: () => T): { value: T } | { error: string } {
  try {
    return { value: work() };
  } catch (error) {
    return { error: (error instanceof Error ? error.message : String(error)).slice(0, 300) };
  }
}
