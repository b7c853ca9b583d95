import { definePlaybook } from '../shared/playbook.js';
import { locationOf, type Scene, sourceEvidence } from '../shared/scene.js';
import { awaitLoops } from './loops.js';
import { awaitRuns } from './runs.js';

/**
 * A slow answer whose code waits for one thing after the other although none needs the one before
 * (eslint's `no-await-in-loop` names the loop). They are started together and awaited with Promise.all.
 */
export const sequentialAwaits = definePlaybook({
  name: 'sequential-awaits',
  family: 'performance',
  title: 'Independent work is awaited one by one',
  investigate(scene) {
    if (!isSlow(scene)) return null;
    const found = [...awaitLoops(scene), ...awaitRuns(scene)].sort((a, b) => b.proposal.score - a.proposal.score);
    const [first] = found;
    if (!first) return null;
    const { duration_ms: took, objective_ms: objective, expectation } = scene.failure;
    const allowed = objective ?? expectation?.max_ms;
    return {
      summary: `independent calls are awaited one by one${took === undefined ? '' : `: ${Math.round(took)} ms`}${allowed === undefined ? '' : `, ${allowed} ms allowed`}`,
      location: locationOf(first.file, first.node),
      evidence: [sourceEvidence(first.file, first.node, 'each await here waits for the one before')],
      instruction: 'Start the calls together and await them with Promise.all.',
      confidence: 0.85,
      risk: 0.35,
      proposals: () => found.map(({ proposal }) => proposal),
    };
  },
});

function isSlow({ failure, failureType }: Scene): boolean {
  const allowed = failure.objective_ms ?? failure.expectation?.max_ms;
  if (failure.duration_ms !== undefined && allowed !== undefined) return failure.duration_ms > allowed;
  return (
    /SLOW|TIMEOUT|LATENCY/.test(failureType) ||
    /slow|timeout|timed out|objective/i.test(`${failure.error.name} ${failure.error.message.slice(0, 500)}`)
  );
}
