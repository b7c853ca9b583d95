import { describe, expect, it } from '@jest/globals';
import { PAYLOADS } from './payloads/index.js';
import {
  FAILURE_TYPE,
  HEALING_EVENT_TYPES,
  type HealingEventType,
  heardBy,
  OUTCOMES,
  PIPELINE,
  SERVICES,
  STEPS,
  saidBy,
} from './pipeline.js';
import { SUBJECT_TOKEN } from './subjects.js';

const ENDS: readonly HealingEventType[] = ['HEALED', 'ESCALATED'];

/** Every event that can follow from `start`: a service that hears an event may say its own. */
function reachable(start: HealingEventType, next: (type: HealingEventType) => readonly HealingEventType[]): Set<HealingEventType> {
  const seen = new Set<HealingEventType>([start]);
  for (const type of seen) for (const following of next(type)) seen.add(following);
  return seen;
}

describe('the pipeline table', () => {
  it.each(HEALING_EVENT_TYPES)('%s has a payload schema, a speaker, hearers and a place among the steps', (type) => {
    const row = PIPELINE[type];
    expect(PAYLOADS[type]).toBeDefined();
    expect(SERVICES).toContain(row.saidBy);
    expect(STEPS).toContain(row.step);
    for (const service of row.heardBy) expect(SERVICES).toContain(service);
    expect(new Set(row.heardBy).size).toBe(row.heardBy.length);
    expect(row.heardBy).toContain('coordinator');
    expect(type).toMatch(SUBJECT_TOKEN);
    expect(type).not.toMatch(FAILURE_TYPE);
  });

  it('has one payload schema for each event and none besides', () => {
    expect(Object.keys(PAYLOADS).sort()).toEqual([...HEALING_EVENT_TYPES].sort());
  });

  it('gives each event to one speaker, and each service something to say', () => {
    expect(SERVICES.flatMap(saidBy).sort()).toEqual([...HEALING_EVENT_TYPES].sort());
    for (const service of SERVICES) expect(saidBy(service)).not.toEqual([]);
  });

  it('lets only the deployer and people move a patch towards a target', () => {
    const towardsTarget: HealingEventType[] = ['RELOAD_DONE', 'RELOAD_FAILED', 'ROLLBACK_DONE', 'ROLLBACK_FAILED'];
    expect(HEALING_EVENT_TYPES.filter((type) => PIPELINE[type].saidBy === 'deployer')).toEqual(towardsTarget);
    expect(saidBy('gateway')).toEqual(['APPROVAL_GRANTED', 'APPROVAL_DENIED']);
  });

  it('reaches every event from HEALING_STARTED', () => {
    // People hear of an approval through the gateway's stream of events, which needs no consumer of its own.
    const people = (type: HealingEventType) => (type === 'APPROVAL_REQUESTED' ? saidBy('gateway') : []);
    const said = (type: HealingEventType) => [...PIPELINE[type].heardBy.flatMap(saidBy), ...people(type)];
    expect([...reachable('HEALING_STARTED', said)].sort()).toEqual([...HEALING_EVENT_TYPES].sort());
  });

  it('goes forward without the coordinator, from HEALING_STARTED to the verdict on the live target', () => {
    const forward = reachable('HEALING_STARTED', (type) => OUTCOMES[type] ?? []);
    expect(forward).toContain('VERIFY_REPLAY_PASS');
    expect(forward).toContain('VERIFY_REPLAY_FAIL');
    for (const type of forward) expect(PIPELINE[type].saidBy).not.toBe('coordinator');
  });

  it('goes back through the coordinator alone', () => {
    expect(saidBy('coordinator')).toEqual(['ROLLBACK_REQUESTED', 'RETRY_REQUESTED', ...ENDS]);
    for (const type of HEALING_EVENT_TYPES.filter((t) => PIPELINE[t].effect === 'fails'))
      expect(PIPELINE[type].heardBy).toEqual(['coordinator']);
  });
});

describe('outcomes', () => {
  const pairs = Object.entries(OUTCOMES) as [HealingEventType, readonly HealingEventType[]][];

  it.each(pairs)('of %s are said by exactly one service, which hears it', (heard, outcomes) => {
    const speakers = [...new Set(outcomes.map((type) => PIPELINE[type].saidBy))];
    expect(speakers).toHaveLength(1);
    expect(PIPELINE[heard].heardBy).toEqual(expect.arrayContaining(speakers));
    expect(speakers).not.toContain('coordinator');
  });

  it.each(pairs)('of %s are a good end and a bad end of one step', (_heard, outcomes) => {
    expect(outcomes.map((type) => PIPELINE[type].effect)).toEqual(['succeeds', 'fails']);
    expect(new Set(outcomes.map((type) => PIPELINE[type].step)).size).toBe(1);
  });

  it('exist for every event that a worker hears, but for the ends and what people answer', () => {
    const workers = SERVICES.filter((service) => service !== 'coordinator' && service !== 'gateway');
    const heard = new Set(workers.flatMap(heardBy).filter((type) => !ENDS.includes(type)));
    expect([...heard].sort()).toEqual(pairs.map(([type]) => type).sort());
  });
});
