import { describe, expect, it } from '@jest/globals';
import { failurePayload, shapeOfDiff } from '@selfheal/contracts';
import { digestOf } from '@selfheal/engine';
import { candidatesOf, proposeFixes } from '@selfheal/playbooks';
import { withLearned } from './learned.js';

const SOURCE = "app.get('/users/:id', (req) => ({ city: req.user.home.city }));\n";
const sourcesOf = (text: string) => ({ revision: '0'.repeat(40), files: new Map([['src/users.ts', text]]) });
const proposedFor = (text: string) => {
  const line = text.split('\n').findIndex((one) => one.startsWith('app.get'));
  const stack = `TypeError\n    at f (src/users.ts:${line + 1}:${SOURCE.indexOf('city }') + 1})`;
  const failure = failurePayload.parse({
    service: 'shop',
    error: { name: 'TypeError', message: "Cannot read properties of null (reading 'city')", stack },
  });
  const plan = { playbook: 'null-access', cause: { summary: 's', category: 'runtime' as const, evidence: [] } };
  const spec = { patch_spec: { instruction: 'i', files: ['src/users.ts'], data: {} } };
  return candidatesOf(proposeFixes({ ...plan, ...spec }, failure, sourcesOf(text)), sourcesOf(text));
};
const proposed = proposedFor(SOURCE);
const [best, other] = proposed as [(typeof proposed)[number], (typeof proposed)[number]];
const shape = (diff: string) => digestOf(shapeOfDiff(diff));
const at = { target: 'shop', sources: sourcesOf(SOURCE), rejected: new Set<string>() };
const fixes = (...diffs: string[]) => diffs.map((diff) => ({ target: 'shop', template: 'null-access/guard', diff }));
const none = { fixes: undefined, record: undefined };

describe('candidates in the light of earlier heals', () => {
  it('are as they were when nothing is known', () => {
    expect(withLearned(proposed, none, at)).toEqual(proposed);
    expect(withLearned(proposed, { fixes: { fixes: [], failed: [] }, record: { playbooks: {}, templates: {} } }, at)).toEqual(proposed);
  });

  it('begin with what healed this failure before, once', () => {
    const found = withLearned(proposed, { ...none, fixes: { fixes: fixes(other.diff), failed: [] } }, at);
    expect(found[0]).toMatchObject({ digest: other.digest, template: 'learned/null-access/guard' });
    expect(found.map(({ digest }) => digest).sort()).toEqual(proposed.map(({ digest }) => digest).sort());
  });

  it('find the code of the fix again where its lines have moved', () => {
    const moved = `// one\n// two\n\n\n${SOURCE}`;
    const [first] = withLearned(
      proposedFor(moved),
      { ...none, fixes: { fixes: fixes(other.diff), failed: [] } },
      { ...at, sources: sourcesOf(moved) },
    );
    expect(first?.template).toBe('learned/null-access/guard');
    expect(first?.diff).toContain('@@ -2,4 +2,4 @@');
  });

  it('leave a fix out whose code is gone, that is of another target, that was tried in this heal, or that is no diff', () => {
    const gone = sourcesOf('export const nothing = 1;\n');
    const known = { ...none, fixes: { fixes: fixes(best.diff), failed: [] } };
    expect(withLearned([], known, { ...at, sources: gone })).toEqual([]);
    expect(withLearned([], known, { ...at, target: 'cart' })).toEqual([]);
    expect(withLearned(proposed, known, { ...at, rejected: new Set([best.digest]) })).toEqual(proposed.slice(1));
    expect(
      withLearned([], { ...none, fixes: { fixes: fixes('--- a/../../etc/passwd\n+++ b/x\n@@ nonsense', 'hello'), failed: [] } }, at),
    ).toEqual([]);
  });

  it('end with what was tried for this failure and did not hold, wherever its lines are now', () => {
    const moved = `\n\n\n\n${SOURCE}`;
    const failed = [shape(proposedFor(moved)[0]?.diff ?? '')];
    const again = proposedFor(`\n\n\n\n\n\n${SOURCE}`);
    const found = withLearned(again, { ...none, fixes: { fixes: [], failed } }, { ...at, sources: sourcesOf(`\n\n\n\n\n\n${SOURCE}`) });
    expect(found.at(-1)).toEqual(again[0]);
    expect(found.slice(0, -1)).toEqual(again.slice(1));
  });

  it('are ordered by the record of their templates', () => {
    const record = {
      playbooks: {},
      templates: { [best.template]: { proven: 0, failed: 50 }, [other.template]: { proven: 50, failed: 0 } },
    };
    const order = withLearned(proposed, { ...none, record }, at).map(({ template }) => template);
    expect(order.indexOf(other.template)).toBeLessThan(order.indexOf(best.template));
  });
});
