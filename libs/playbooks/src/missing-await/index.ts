import { definePlaybook, type Proposal } from '../shared/playbook.js';
import { locationOf, sourceEvidence } from '../shared/scene.js';
import { addAwait } from './add-await.js';
import { type Forgotten, forgottenAwaits } from './forgotten.js';

/**
 * The promise of an async function is used as if it were its value (typescript-eslint's `no-misused-promises` and
 * `no-floating-promises` name the same mistake). Evidence is static: the callee is async, the use is not.
 */
export const missingAwait = definePlaybook({
  name: 'missing-await',
  family: 'runtime',
  title: 'A promise is used without await',
  investigate(scene) {
    const found = forgottenAwaits(scene);
    const [first] = found;
    if (!first) return null;
    const callee = first.file.textOf(first.call.callee).slice(0, 200);
    return {
      summary: `${callee}() is async and its promise is ${first.use === 'floating' ? 'dropped' : 'used as a value'}`,
      location: locationOf(first.file, first.call),
      evidence: [sourceEvidence(first.file, first.call, `${callee} returns a promise that nothing awaits`)],
      instruction: `Await ${callee}().`,
      data: { callee },
      confidence: confidenceOf(scene.failure.error.message, first),
      risk: 0.15,
      proposals: () =>
        found.slice(0, 10).flatMap((use) => addAwait(use).map((p): Proposal => ({ ...p, score: p.score * (0.6 + 0.4 * use.weight) }))),
    };
  },
});

function confidenceOf(message: string, first: Forgotten): number {
  if (first.use === 'floating') return 0.4;
  return (/promise/i.test(message) ? 0.97 : 0.9) - 0.1 * (1 - first.weight);
}
