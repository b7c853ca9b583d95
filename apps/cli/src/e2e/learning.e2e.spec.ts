import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { BUCKETS, type HealingEvent, type HealingEventType, learnedFixesKey } from '@selfheal/contracts';
import { faultNamed, useWorld } from './fixtures/use-world.js';

jest.setTimeout(120_000);

describe('a fault that comes back after it was healed', () => {
  const world = useWorld(() => ({ env: { RECENTLY_HEALED_MS: '0' } }));
  const fault = faultNamed('guest-null-address');
  const heal = async () => {
    await world().makeGood();
    await world().deploy(fault);
    const opened = world().nextHeal();
    await world().fail(fault);
    const trace = await opened;
    return { trace, end: await world().end(trace) };
  };
  const said = <T extends HealingEventType>(trace: string, type: T) =>
    world().heard.flatMap(({ event }) => (event.trace_id === trace && event.type === type ? [event as HealingEvent<T>] : []))[0]?.payload;

  let [first, second] = ['', ''];
  beforeAll(async () => {
    const healed = await heal();
    first = healed.trace;
    expect(healed.end.event.type).toBe('HEALED');
    const fingerprint = said(first, 'HEALING_STARTED')?.fingerprint ?? '';
    // The coordinator writes it soon after the end; whoever watches is told.
    const kv = await world().connection.jetstream().views.kv(BUCKETS.learning);
    const watch = await kv.watch({ key: learnedFixesKey(fingerprint) });
    for await (const entry of watch) if (entry.operation === 'PUT') break;
    second = (await heal()).trace;
  }, 120_000);

  it('is the same failure, and its fix is the first candidate, judged and proven as any other', () => {
    expect(said(second, 'HEALING_STARTED')?.fingerprint).toBe(said(first, 'HEALING_STARTED')?.fingerprint);
    const [candidate] = said(second, 'MORPH_APPLY_SUCCEEDED')?.candidates ?? [];
    expect(candidate?.template).toBe(`learned/${said(first, 'GUARDRAIL_PASSED')?.candidate.template}`);
    expect(said(second, 'GUARDRAIL_PASSED')).toMatchObject({ candidate: { digest: candidate?.digest }, proof: { proven: true } });
  });

  it('is healed, by a playbook that rca is surer of than before', () => {
    expect(said(second, 'HEALED')?.playbook).toBe(said(first, 'HEALED')?.playbook);
    expect(said(second, 'RCA_READY')?.confidence).toBeGreaterThan(said(first, 'RCA_READY')?.confidence ?? 1);
  });
});
