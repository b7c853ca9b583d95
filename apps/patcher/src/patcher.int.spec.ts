import 'reflect-metadata';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type INestMicroservice, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { healingEvent, learnedFixesKey, shapeOfDiff } from '@selfheal/contracts';
import { digestOf } from '@selfheal/engine';
import { applyDiff, initRepository } from '@selfheal/git';
import { Broker, JetStreamStrategy, RethrowFilter } from '@selfheal/messaging';
import { TargetRegistry } from '@selfheal/targets';
import { AT, aFailurePayload, aHealingStarted, anRcaReady, aTraceId, tmpDir, useNats, waitForEvent } from '@selfheal/testing';
import { PatcherModule } from './patcher.module.js';

const SOURCE = "app.get('/users/:id', (req) => ({ city: req.user.home.city }));\n";
const YAML =
  'name: shop\nstart: { command: [node, src/users.ts] }\nbase_url: http://127.0.0.1:1\ndeploy: { strategy: hot-reload, control_url: http://127.0.0.1:1 }\n';

describe('patcher on a real broker and a real repository', () => {
  let broker: Broker;
  let app: INestMicroservice;
  // Hooks run in the order of their registration: the service stops before its broker does.
  afterAll(async () => {
    await app.close();
    await broker.close();
  });
  const nats = useNats();
  let nc: Awaited<ReturnType<typeof nats.connect>>;
  let root: string;
  let base_revision: string;

  beforeAll(async () => {
    root = await tmpDir('selfheal-patcher-');
    await mkdir(join(root, 'src'));
    await writeFile(join(root, 'src/users.ts'), SOURCE);
    await writeFile(join(root, 'selfheal.yaml'), YAML);
    base_revision = await initRepository(root, 'first');
    const registry = await TargetRegistry.load([root]);
    @Module({
      imports: [
        { module: class {}, global: true, providers: [{ provide: TargetRegistry, useValue: registry }], exports: [TargetRegistry] },
        PatcherModule,
      ],
    })
    class Root {}
    nc = await nats.connect();
    broker = await Broker.connect({ url: nats.url, service: 'patcher' });
    app = await NestFactory.createMicroservice(Root, { strategy: new JetStreamStrategy(broker), logger: false });
    app.useGlobalFilters(new RethrowFilter());
    await app.listen();
  });

  const error = () => ({
    name: 'TypeError',
    message: "Cannot read properties of null (reading 'city')",
    stack: `TypeError\n    at f (${root}/src/users.ts:1:${SOURCE.indexOf('city }') + 1})`,
  });
  const begin = async () => {
    const trace = aTraceId();
    await broker.journal.publish(
      aHealingStarted({ target: 'shop', failure: aFailurePayload({ service: 'shop', error: error() }) }, { trace }),
    );
    return trace;
  };
  const plan = (trace: string, more = {}) =>
    broker.journal.publish(anRcaReady({ playbook: 'null-access', base_revision, ...more }, { trace }));

  it('says that it began, then candidates that git applies', async () => {
    const trace = await begin();
    await plan(trace);
    const requested = await waitForEvent(nc, 'MORPH_APPLY_REQUESTED', (e) => e.trace_id === trace);
    expect(requested.payload).toEqual({ attempt: 1, engine: 'rules', playbook: 'null-access' });
    const { payload } = await waitForEvent(nc, 'MORPH_APPLY_SUCCEEDED', (e) => e.trace_id === trace);
    expect(payload.candidates.length).toBeGreaterThan(1);
    for (const { diff } of payload.candidates) await applyDiff(root, diff, { check: true });
  });

  it('does not propose again what was rejected, and fails when nothing is left', async () => {
    const trace = await begin();
    await plan(trace);
    const first = await waitForEvent(nc, 'MORPH_APPLY_SUCCEEDED', (e) => e.trace_id === trace);
    const digests = first.payload.candidates.map(({ digest }) => digest);
    const retry = (attempt: number, rejected_digests: string[]) =>
      broker.journal.publish(healingEvent('RETRY_REQUESTED', trace, AT, { attempt, reason: 'it did not hold', rejected_digests }));
    await retry(2, digests.slice(0, 1));
    await plan(trace, { attempt: 2 });
    const second = await waitForEvent(nc, 'MORPH_APPLY_SUCCEEDED', (e) => e.trace_id === trace && e.payload.attempt === 2);
    expect(second.payload.candidates.map(({ digest }) => digest)).toEqual(digests.slice(1));
    await retry(3, digests);
    await plan(trace, { attempt: 3 });
    const failed = await waitForEvent(nc, 'MORPH_APPLY_FAILED', (e) => e.trace_id === trace);
    expect(failed.payload).toMatchObject({ attempt: 3, code: 'no-candidates' });
  });

  it('begins with what healed the failure before, ends with what did not hold, and goes on without when what was learned is no good', async () => {
    const first = await begin();
    await plan(first);
    const { payload } = await waitForEvent(nc, 'MORPH_APPLY_SUCCEEDED', (e) => e.trace_id === first);
    const second = payload.candidates[1];
    if (!second) throw new Error('there is one candidate only');
    const { fingerprint } = aHealingStarted({ target: 'shop' }).payload;
    const again = async () => {
      const trace = await begin();
      await plan(trace);
      return (await waitForEvent(nc, 'MORPH_APPLY_SUCCEEDED', (e) => e.trace_id === trace)).payload.candidates;
    };
    const { diff, template } = second;
    await broker.learning.write(learnedFixesKey(fingerprint), { fixes: [{ target: 'shop', template, diff }], failed: [] });
    const [best] = await again();
    expect(best).toMatchObject({ digest: second.digest, template: `learned/${template}` });
    const failed = [digestOf(shapeOfDiff(payload.candidates[0]?.diff ?? ''))];
    await broker.learning.write(learnedFixesKey(fingerprint), { fixes: [], failed });
    expect((await again()).at(-1)).toEqual(payload.candidates[0]);
    await broker.learning.write(learnedFixesKey(fingerprint), { fixes: 'hostile' });
    expect(await again()).toEqual(payload.candidates);
  });
});
