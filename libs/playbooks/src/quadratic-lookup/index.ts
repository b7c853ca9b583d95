import { definePlaybook } from '../shared/playbook.js';
import { isSlow, slowFinding } from '../shared/slow.js';
import { keyedLookups } from './keyed.js';
import { membershipTests } from './membership.js';

/**
 * A list is searched from its start for every item of another: quadratic. A Set or a Map of it is built once, before the
 * loop, and asked instead.
 */
export const quadraticLookup = definePlaybook({
  name: 'quadratic-lookup',
  family: 'performance',
  title: 'A list is searched anew for every item',
  investigate: (scene) =>
    isSlow(scene)
      ? slowFinding(scene, [...membershipTests(scene), ...keyedLookups(scene)], {
          cause: 'a list is searched from its start for every item',
          evidence: 'this search runs once for every item',
          instruction: 'Build a Set or a Map of the list once, before the loop, and ask it.',
          confidence: 0.82,
          risk: 0.3,
        })
      : null,
});
