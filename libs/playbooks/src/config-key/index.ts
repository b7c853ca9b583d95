import { definePlaybook } from '../shared/playbook.js';
import { locationOf, sourceEvidence } from '../shared/scene.js';
import { misspeltDefinitions } from './definitions.js';
import { misspeltReads } from './reads.js';

/**
 * A configuration key is spelt one way where it is defined and another where it is read, or is missing. The reader and the
 * definition are both candidates; the failure's own words (a key it names) decide which comes first.
 */
export const configKey = definePlaybook({
  name: 'config-key',
  family: 'configuration',
  title: 'A configuration key is missing or misspelt',
  investigate(scene) {
    const found = [...misspeltDefinitions(scene), ...misspeltReads(scene)].sort((a, b) => b.confidence - a.confidence);
    const [first] = found;
    if (!first) return null;
    return {
      summary: first.summary,
      location: locationOf(first.file, first.node),
      evidence: [{ ...sourceEvidence(first.file, first.node, first.summary), kind: 'config' }],
      instruction: first.fixes[0]?.summary ?? first.summary,
      data: { key: first.key },
      confidence: first.confidence,
      risk: 0.2,
      proposals: () =>
        found.flatMap(({ fixes, confidence }) => fixes.map((fix) => ({ ...fix, score: fix.score * (0.3 + 0.7 * confidence) }))),
    };
  },
});
