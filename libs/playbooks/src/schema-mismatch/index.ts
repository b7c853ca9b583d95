import type { Evidence } from '@selfheal/contracts';
import { type Issue, issuesIn } from '../shared/issues.js';
import { definePlaybook, type Proposal } from '../shared/playbook.js';
import { locationOf, type Scene, sourceEvidence } from '../shared/scene.js';
import { enumOptions } from './enum.js';
import type { Fix } from './literals.js';
import { missingField } from './missing-field.js';
import { requestField } from './request-field.js';
import { wrongType } from './wrong-type.js';

/**
 * A response or request that does not match its schema: a field is missing, has another name or another type. The contract
 * is taken as right and the code that builds the value is mended; a request that the schema refuses is the
 * other way round, since the client is not ours to change.
 */
export const schemaMismatch = definePlaybook({
  name: 'schema-mismatch',
  family: 'api',
  title: 'A request or response does not match its schema',
  investigate(scene) {
    const issues = issuesIn(scene.failure);
    const [first] = issues;
    if (!first) return null;
    const fixes = issues.slice(0, 10).map((issue) => fixesOf(scene, issue));
    const combined = together(fixes.map((list) => list[0]?.proposal));
    const proposals = [...(combined ? [combined] : []), ...fixes.flat().map(({ proposal }) => proposal)];
    const best = fixes.flat().sort((a, b) => b.proposal.score - a.proposal.score)[0];
    if (!best) return null;
    const field = first.keys.join('.') || '(root)';
    const schema: Evidence = { kind: 'schema', summary: `${field}: ${first.message}`.slice(0, 1000) };
    return {
      summary: `${field} does not match its schema: ${first.message}`,
      location: locationOf(best.file, best.node),
      evidence: [schema, sourceEvidence(best.file, best.node, 'where the value is built')],
      instruction: best.proposal.summary,
      data: { fields: issues.map((issue) => issue.keys.join('.')) },
      // A promise in the place of a value is a missing await, whose playbook sees it, too.
      confidence: /promise/i.test(first.received ?? '') ? 0.3 : 0.6 + 0.3 * best.proposal.score,
      risk: 0.2,
      proposals: () => proposals,
    };
  },
});

/** The fixes of one issue, best first. */
const fixesOf = (scene: Scene, issue: Issue): Fix[] =>
  [...missingField(scene, issue), ...wrongType(scene, issue), ...enumOptions(scene, issue), ...requestField(scene, issue)].sort(
    (a, b) => b.proposal.score - a.proposal.score,
  );

/** The best fix of each issue in one patch, when there are several and they do not touch the same place. */
function together(best: readonly (Proposal | undefined)[]): Proposal | undefined {
  const parts = best.filter((proposal) => proposal !== undefined);
  if (parts.length < 2) return undefined;
  const edits: Record<string, Proposal['edits'][string][number][]> = {};
  for (const part of parts)
    for (const [file, own] of Object.entries(part.edits))
      for (const edit of own) {
        const other = (edits[file] ?? []).find((e) => e.start < edit.end && edit.start < e.end);
        if (!other) edits[file] = [...(edits[file] ?? []), edit];
      }
  return { edits, template: 'schema-mismatch/all-fields', summary: parts.map((p) => p.summary).join('; '), score: 1 };
}
