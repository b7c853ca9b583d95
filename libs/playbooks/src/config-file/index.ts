import { definePlaybook } from '../shared/playbook.js';
import { locationOf, sourceEvidence } from '../shared/scene.js';
import { misspeltKeys } from './misspelt.js';

/**
 * Code reads a key that the configuration file (JSON, YAML, .env) has under a nearly equal name. Which of the two is wrong is
 * decided by how often each spelling is used elsewhere; both are candidates.
 */
export const configFile = definePlaybook({
  name: 'config-file',
  family: 'configuration',
  title: 'A key is read that the configuration file spells otherwise',
  investigate(scene) {
    const found = misspeltKeys(scene);
    const [first] = found;
    if (!first) return null;
    return {
      summary: first.summary,
      location: locationOf(first.read.file, first.read.node),
      evidence: [{ ...sourceEvidence(first.read.file, first.read.node, first.summary), kind: 'config' }],
      instruction: first.fixes[0]?.summary ?? first.summary,
      data: { key: first.read.keys.join('.') },
      confidence: first.confidence,
      risk: 0.2,
      proposals: () =>
        found.flatMap(({ fixes, confidence }) => fixes.map((fix) => ({ ...fix, score: fix.score * (0.3 + 0.7 * confidence) }))),
    };
  },
});
