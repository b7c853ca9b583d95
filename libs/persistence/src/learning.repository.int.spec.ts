import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AnyHealingEvent, HealingEventType, Payload } from '@selfheal/contracts';
import { aCandidate, aDigest, anEvent, aTraceId, usePostgres } from '@selfheal/testing';
import { DataSource } from 'typeorm';
import { dataSourceOptions, HealRepository, LearningRepository, migrate } from './index.js';

const postgres = usePostgres();
let db: DataSource;
let heals: HealRepository;
let learning: LearningRepository;

beforeAll(async () => {
  db = await new DataSource(dataSourceOptions(postgres.url)).initialize();
  await migrate(db);
  heals = new HealRepository(db);
  learning = new LearningRepository(db);
});
afterAll(() => db?.destroy());

let seq = 0;
const say = <T extends HealingEventType>(trace: string, type: T, payload: Partial<Payload<T>> = {}) => {
  seq++;
  const at = new Date(Date.parse('2026-11-22T10:00:00.000Z') + seq * 1000).toISOString();
  return heals.project({ seq, at, event: anEvent(type, payload, { trace, at }) as AnyHealingEvent });
};
const candidate = (name: string) =>
  aCandidate({ digest: aDigest(name), template: `learned/${name}`, diff: `--- a/x.ts\n+++ b/x.ts\n@@ -1,1 +1,1 @@\n-a\n+${name}\0\n` });

describe('what heals taught', () => {
  it('is in Postgres with the projection: fixes by fingerprint, tallies by playbook and template', async () => {
    const [first, second, fingerprint] = [aTraceId(), aTraceId(), aDigest('this failure')];
    for (const trace of [first, second]) {
      await say(trace, 'HEALING_STARTED', { fingerprint });
      await say(trace, 'RCA_READY', { playbook: 'null-access' });
      await say(trace, 'MORPH_APPLY_SUCCEEDED', { candidates: [candidate('good'), candidate('bad')] });
    }
    expect(await learning.fixesOf(fingerprint)).toEqual({ fixes: [], failed: [] });
    await say(first, 'GUARDRAIL_PASSED', { candidate: candidate('good') });
    await say(first, 'HEALED');
    await say(second, 'GUARDRAIL_PASSED', { candidate: candidate('bad') });
    await say(second, 'VERIFY_REPLAY_FAIL');
    await say(second, 'ROLLBACK_DONE');
    expect(await learning.fixesOf(fingerprint)).toEqual({
      fixes: [{ target: 'shop', template: 'good', diff: expect.stringContaining('+good\ufffd') }],
      failed: [expect.stringMatching(/^[0-9a-f]{64}$/)],
    });
    const one = { proven: 1, failed: 0 };
    expect(await learning.record()).toEqual({ playbooks: { 'null-access': one }, templates: { good: one } });
    // An open heal does not count against itself: its attempts are discounted already.
    await say(second, 'ESCALATED');
    expect(await learning.record()).toEqual({
      playbooks: { 'null-access': { proven: 1, failed: 1 } },
      templates: { good: { proven: 1, failed: 0 }, bad: { proven: 0, failed: 1 } },
    });
    expect(await learning.fingerprints(10)).toEqual([fingerprint]);
    expect(await learning.fixesOf(aDigest('another'))).toEqual({ fixes: [], failed: [] });
  });
});
