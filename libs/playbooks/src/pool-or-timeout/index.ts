import { definePlaybook } from '../shared/playbook.js';
import { isSlow, slowFinding } from '../shared/slow.js';
import { tooSmallPools } from './pools.js';
import { missingTimeouts, tooLongTimeouts } from './timeouts.js';

/**
 * A setting makes requests wait: a pool with room for one, a call to another server without a limit or with one longer
 * than the request's own. The pool is widened to its library's usual size; the call is given up in time for what the code
 * does without it.
 */
export const poolOrTimeout = definePlaybook({
  name: 'pool-or-timeout',
  family: 'performance',
  title: 'A pool is too small or a call waits too long',
  investigate: (scene) =>
    isSlow(scene)
      ? slowFinding(scene, [...tooSmallPools(scene), ...missingTimeouts(scene), ...tooLongTimeouts(scene)], {
          cause: 'a setting makes the request wait',
          evidence: 'requests wait here',
          instruction: 'Widen the pool, or give the call a time limit shorter than the request has.',
          confidence: 0.7,
          risk: 0.4,
        })
      : null,
});
