import { describe, expect, it, jest } from '@jest/globals';
import { type HealingEventType, healingFilter, type ServiceName, STREAMS } from '@selfheal/contracts';
import { send } from '../heal/trigger.js';
import { git } from './fixtures/git.js';
import { faultNamed, useWorld } from './fixtures/use-world.js';

jest.setTimeout(180_000);

/** Who is killed when an event is heard: the service that is about to handle it, or is at it. */
const KILLED: readonly (readonly [HealingEventType, readonly ServiceName[]])[] = [
  ['HEALING_STARTED', ['detector', 'rca']],
  ['RCA_READY', ['patcher', 'gateway']],
  ['MORPH_APPLY_SUCCEEDED', ['guardrail']],
  ['GUARDRAIL_PASSED', ['deployer']],
  ['RELOAD_DONE', ['verifier', 'coordinator']],
];
const HEALED = ['HEALING_STARTED', 'RCA_READY', 'MORPH_APPLY_REQUESTED', 'MORPH_APPLY_SUCCEEDED', 'GUARDRAIL_PASSED', 'RELOAD_DONE'];

describe('a heal', () => {
  const world = useWorld();

  /** Deploys a fault, sends its request and gives the heal's trace. */
  async function breakShop(name: string): Promise<{ trace: string; bad: string }> {
    const bad = await world().deploy(faultNamed(name));
    const opened = world().nextHeal();
    await world().fail(faultNamed(name));
    return { trace: await opened, bad };
  }

  /** It ended well, said each outcome once, and left one commit. */
  async function expectHealedOnce(name: string, trace: string, bad: string): Promise<void> {
    expect((await world().end(trace)).event.type).toBe('HEALED');
    const said = (await world().said(trace)).map(({ what }) => what);
    expect(said).toEqual([...HEALED, 'VERIFY_REPLAY_PASS', 'HEALED'].map((type) => `${type}.1`));
    const patches = await git(world().target.root, 'log', '--format=%H', `${bad}..HEAD`);
    expect(patches.split('\n')).toHaveLength(1);
    expect(await git(world().target.root, 'status', '--porcelain')).toBe('');
    expect((await send(world().shop.at.url, faultNamed(name).request)).status).toBe(200);
  }

  it('is healed once although the broker is killed in the middle, again and again', async () => {
    const { trace, bad } = await breakShop('guest-null-address');
    for (const type of ['RCA_READY', 'GUARDRAIL_PASSED'] as const) {
      await world().event(trace, type);
      await world().nats.server.kill9?.();
      await world().nats.server.restart();
    }
    await expectHealedOnce('guest-null-address', trace, bad);
  });

  it('is healed once although every service is killed in turn', async () => {
    await world().makeGood();
    const { trace, bad } = await breakShop('returns-schema-mismatch');
    const restarts: Promise<void>[] = [];
    for (const [type, services] of KILLED) {
      await world().event(trace, type);
      for (const name of services) {
        const service = world().services.service(name);
        restarts.push(service.kill().then(() => service.restart()));
      }
    }
    await Promise.all(restarts);
    await expectHealedOnce('returns-schema-mismatch', trace, bad);
    const manager = await world().connection.jetstreamManager();
    const { state } = await manager.streams.info(STREAMS.healing.name, { subjects_filter: healingFilter('HEALING_STARTED') });
    expect(Object.keys(state.subjects ?? {})).toHaveLength(2);
  });
});
