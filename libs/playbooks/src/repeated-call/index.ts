import { definePlaybook } from '../shared/playbook.js';
import { isSlow, slowFinding } from '../shared/slow.js';
import { invariantCalls } from './hoist.js';
import { repeatedCalls } from './memo.js';
import { recursions } from './recursion.js';

/**
 * The same work is done again and again: a call whose arguments do not change in the loop moves out of it; one whose
 * arguments come again is remembered in a Map that lives as long as the request; a pure recursion remembers what it has
 * computed (memoisation: D. Michie, "Memo" Functions and Machine Learning, Nature 218, 1968).
 */
export const repeatedCall = definePlaybook({
  name: 'repeated-call',
  family: 'performance',
  title: 'The same work is done again for every item',
  investigate: (scene) =>
    isSlow(scene)
      ? slowFinding(scene, [...invariantCalls(scene), ...recursions(scene), ...repeatedCalls(scene)], {
          cause: 'the same work is done again and again',
          evidence: 'this is computed anew each time',
          instruction: 'Compute it once: before the loop, or remembered by its argument for the length of the request.',
          confidence: 0.78,
          risk: 0.3,
        })
      : null,
});
