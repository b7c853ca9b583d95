import { definePlaybook } from '../shared/playbook.js';
import { badPorts } from './port.js';
import { type Suspicion, withReads } from './suspicion.js';
import { wrongTypes } from './type.js';
import { wrongUnits } from './unit.js';
import { badUrls } from './url.js';

/**
 * A configuration value of which the failure says that it cannot be used: a port out of range, a URL without its scheme or with a
 * slash too many, a number written as text, seconds where milliseconds are wanted. The value is corrected in its file, or
 * converted where it is read.
 */
export const configValue = definePlaybook({
  name: 'config-value',
  family: 'configuration',
  title: 'A configuration value has the wrong type, unit or form',
  investigate(scene) {
    const found: Suspicion[] = [badPorts, badUrls, wrongTypes, wrongUnits]
      .flatMap((find) => find(withReads(scene)))
      .sort((a, b) => b.confidence - a.confidence);
    const [first] = found;
    if (!first) return null;
    const { path, keyAt, keys } = first.entry;
    const text = scene.sources.files.get(path) ?? '';
    const line = text.slice(0, keyAt.start).split('\n').length;
    const location = { file: path, line };
    return {
      summary: first.summary,
      location,
      evidence: [{ kind: 'config', summary: first.summary, location, excerpt: (text.split('\n')[line - 1] ?? '').slice(0, 1000) }],
      instruction: first.fixes[0]?.summary ?? first.summary,
      data: { key: keys.join('.') },
      confidence: first.confidence,
      risk: 0.25,
      proposals: () =>
        found.flatMap(({ fixes, confidence }) => fixes.map((fix) => ({ ...fix, score: fix.score * (0.3 + 0.7 * confidence) }))),
    };
  },
});
