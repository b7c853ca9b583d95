import { definePlaybook } from '../shared/playbook.js';
import { isSlow, slowFinding } from '../shared/slow.js';
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
  investigate: (scene) =>
    isSlow(scene)
      ? slowFinding(scene, [...awaitLoops(scene), ...awaitRuns(scene)], {
          cause: 'independent calls are awaited one by one',
          evidence: 'each await here waits for the one before',
          instruction: 'Start the calls together and await them with Promise.all.',
          confidence: 0.85,
          risk: 0.35,
        })
      : null,
});
