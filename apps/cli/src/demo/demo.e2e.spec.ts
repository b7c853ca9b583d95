import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { healingTrace, isFinal } from '@selfheal/contracts';
import { CliProcess } from './fixtures/cli-process.js';

const MINUTES = 60_000;

describe('selfheal demo', () => {
  const started: CliProcess[] = [];
  const selfheal = (...args: string[]) => {
    const cli = new CliProcess(...args);
    started.push(cli);
    return cli;
  };
  afterEach(async () => {
    await Promise.all(started.splice(0).map((cli) => cli.destroy()));
  }, MINUTES);

  it(
    'breaks the returns API, heals it, tells the figures as the last line of stdout, and leaves no process behind',
    async () => {
      const cli = selfheal('demo', '--json');
      const code = await cli.exit();
      expect({ code, err: cli.err }).toMatchObject({ code: 0 });
      expect(JSON.parse(cli.out.at(-1) ?? '')).toEqual({
        status: 'HEALED',
        trace_id: expect.stringMatching(/^[0-9a-f]{32}$/),
        detect_ms: expect.any(Number),
        rca_ms: expect.any(Number),
        patch_ms: expect.any(Number),
        guardrail_ms: expect.any(Number),
        deploy_ms: expect.any(Number),
        verify_ms: expect.any(Number),
        total_ms: expect.any(Number),
        engine: 'rules',
        patch: expect.stringMatching(/^-.*refundTotal[\s\S]*^\+.*refundAmount/m),
      });
      expect(cli.out).toHaveLength(1);
      expect(await cli.leftovers(2_000)).toEqual([]);
    },
    3 * MINUTES,
  );

  it(
    'stays with --keep, heals another fault when the gateway is asked to break the shop, and stops at Ctrl-C with code 130',
    async () => {
      const cli = selfheal('demo', '--keep', '--json', '--no-ui');
      const [, gateway] = await cli.line(/^ +gateway +(http:\S+)$/);
      const [json] = await cli.line(/^\{.*\}$/);
      const first = JSON.parse(json) as { trace_id: string };
      const broken = await fetch(`${gateway}/api/v1/demo/faults/guest-null-address`, { method: 'POST' });
      expect({ status: broken.status, body: await broken.json() }).toMatchObject({ status: 202, body: { answered: 500 } });
      const second = await nextTrace(`${gateway}`, first.trace_id);
      expect(second).toMatchObject({ status: 'HEALED', target: 'shop' });
      expect(second.trace_id).not.toBe(first.trace_id);

      cli.signal('SIGINT');
      expect(await cli.exit()).toBe(130);
      expect(await cli.leftovers(2_000)).toEqual([]);
    },
    3 * MINUTES,
  );

  it(
    'leaves nothing behind when it is killed with SIGKILL while the system runs',
    async () => {
      const cli = selfheal('demo', '--keep', '--no-ui');
      await cli.line(/ready in/);
      expect(cli.descendants().length).toBeGreaterThan(10);
      cli.signal('SIGKILL');
      await cli.exit();
      expect(await cli.leftovers()).toEqual([]);
    },
    2 * MINUTES,
  );

  it(
    'stops at Ctrl-C while it starts, with code 130',
    async () => {
      const cli = selfheal('demo', '--no-ui');
      await cli.line(/✓ database/);
      cli.signal('SIGINT');
      expect(await cli.exit()).toBe(130);
      expect(await cli.leftovers()).toEqual([]);
    },
    2 * MINUTES,
  );
});

/** The heal that is not `known`, once it has ended. */
async function nextTrace(gateway: string, known: string) {
  const until = Date.now() + MINUTES;
  while (Date.now() < until) {
    const { traces } = (await (await fetch(`${gateway}/api/v1/traces`)).json()) as { traces: { trace_id: string }[] };
    const id = traces.find(({ trace_id }) => trace_id !== known)?.trace_id;
    const trace = id ? healingTrace.parse(await (await fetch(`${gateway}/api/v1/traces/${id}`)).json()) : undefined;
    if (trace && isFinal(trace.status)) return trace;
    await delay(100);
  }
  throw new Error('no second heal ended within a minute');
}
