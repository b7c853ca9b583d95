import type { Finding } from '../shared/playbook.js';
import { locationOf, type Scene, sourceEvidence } from '../shared/scene.js';
import type { Kind } from './kinds.js';
import { asProposal, searchMutations } from './search.js';

/** Whether the failure is a wrong answer, not an exception: an expectation that did not hold, or an assertion. */
export const isWrongAnswer = ({ failure, mismatches }: Scene): boolean =>
  mismatches.length > 0 ||
  (failure.expectation?.json !== undefined && (failure.response?.status ?? 500) < 500) ||
  /Assertion|Expectation/i.test(failure.error.name);

/** The values that differ, in words. */
export function differences({ mismatches }: Scene): string {
  const said = mismatches
    .slice(0, 3)
    .map(({ path, expected, actual }) => `${path.join('.') || 'body'}: ${short(expected)} expected, ${short(actual)} found`);
  return said.join('; ') || 'the answer is not the expected one';
}

const short = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 120);

/** The finding of a playbook that mends a wrong answer by one kind of mutation. */
export function wrongValue(scene: Scene, kinds: readonly Kind[], confidence: number, what: string): Finding | null {
  const ranked = searchMutations(scene, kinds);
  const [first] = ranked;
  const file = first && scene.project.file(first.path);
  if (!first || !file) return null;
  const { node } = first;
  return {
    summary: `${what}: ${differences(scene)}`.slice(0, 2000),
    location: locationOf(file, node),
    evidence: [sourceEvidence(file, node, 'the most suspicious of the code that the wrong value is made of')],
    instruction: first.summary,
    data: { differences: scene.mismatches.map(({ path }) => path.join('.')) },
    confidence,
    risk: 0.4,
    proposals: () => ranked.map(asProposal),
  };
}
