import type { Evidence } from '@selfheal/contracts';
import { tempered } from '@selfheal/engine';
import type { DiagnoseAnswer, DiagnoseRequest } from '@selfheal/models';
import { RULES } from '@selfheal/models';
import { candidatesOf, diagnoseFailure, type Plan, proposeFixes, type RankedDiagnosis } from '@selfheal/playbooks';
import { evidenceOf } from './evidence.js';

/**
 * Pattern analysis: the surest playbook that still has a patch nobody has tried. A plan is never made without one: a cause
 * without a fix would only cost the patcher a round.
 */
export function decide(request: DiagnoseRequest): DiagnoseAnswer {
  const { failureType, failure, sources, rejected } = request;
  const { diagnoses: found, rejected: without } = diagnoseFailure({ failureType, failure, sources });
  const diagnoses = byTrackRecord(found, request.trackRecord);
  const tried: string[] = [];
  const gathered = evidenceOf(failure, sources);
  for (const diagnosis of diagnoses) {
    const fixes = candidatesOf(proposeFixes(planOf(diagnosis), failure, sources), sources, rejected);
    if (fixes.length === 0) {
      tried.push(`${diagnosis.playbook}: ${diagnosis.summary.slice(0, 300)}; every patch it has was tried or does not apply`);
      continue;
    }
    const evidence = merged(diagnosis.evidence, gathered);
    const { summary, category, location, instruction, files, data, risk, confidence } = diagnosis;
    return {
      plan: {
        engine: RULES,
        playbook: diagnosis.playbook,
        cause: { summary: summary.slice(0, 2000), category, ...(location && { location }), evidence },
        patch_spec: { instruction: instruction.slice(0, 4000), files: [...files], data: { ...data } },
        risk_score: risk,
        // Each failed attempt is evidence against the analysis.
        confidence: confidence * 0.8 ** (request.attempt - 1),
      },
    };
  }
  tried.push(...without.map(({ playbook, reason }) => `${playbook}: ${reason}`));
  const reason =
    diagnoses.length > 0
      ? 'every patch that a playbook has for this failure was tried and did not hold'
      : `no playbook explains ${failure.error.name}: ${failure.error.message.slice(0, 1000)}`;
  return { declined: { code: 'no-playbook', reason, tried: tried.map((line) => line.slice(0, 500)).slice(0, 100) } };
}

/** Surest first in the light of how each playbook has done. */
const byTrackRecord = (found: readonly RankedDiagnosis[], trackRecord: (playbook: string) => number = () => 1): RankedDiagnosis[] =>
  found
    .map((one) => ({ ...one, confidence: tempered(one.confidence, trackRecord(one.playbook)) }))
    .sort((a, b) => b.confidence - a.confidence);

const planOf = ({ playbook, summary, category, instruction, files, data }: RankedDiagnosis): Plan => ({
  playbook,
  cause: { summary, category, evidence: [] },
  patch_spec: { instruction, files, data },
});

/** The playbook's evidence first; what says the same place twice once; bounded as the event is. */
function merged(own: readonly Evidence[], gathered: readonly Evidence[]): Evidence[] {
  const place = ({ kind, location, summary }: Evidence) => (location ? `${location.file}:${location.line}` : `${kind}:${summary}`);
  const seen = new Set<string>();
  return [...own, ...gathered].filter((item) => !seen.has(place(item)) && seen.add(place(item))).slice(0, 20);
}
