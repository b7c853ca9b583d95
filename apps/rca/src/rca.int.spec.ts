import 'reflect-metadata';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type INestMicroservice, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { healingEvent } from '@selfheal/contracts';
import { initRepository } from '@selfheal/git';
import { Broker, JetStreamStrategy, RethrowFilter } from '@selfheal/messaging';
import { TargetRegistry } from '@selfheal/targets';
import { AT, aFailurePayload, aHealingStarted, expectMessage, tmpDir, useNats, waitForEvent } from '@selfheal/testing';
import { RcaModule } from './rca.module.js';

const SOURCE = "app.get('/users/:id', (req) => ({ city: req.user.home.city }));\n";
const YAML =
  'name: shop\nstart: { command: [node, src/users.ts] }\nbase_url: http://127.0.0.1:1\ndeploy: { strategy: hot-reload, control_url: http://127.0.0.1:1 }\n';

describe('rca on a real broker and a real repository', () => {
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
  let revision: string;

  beforeAll(async () => {
    root = await tmpDir('selfheal-rca-');
    await mkdir(join(root, 'src'));
    await writeFile(join(root, 'src/users.ts'), SOURCE);
    await writeFile(join(root, 'selfheal.yaml'), YAML);
    revision = await initRepository(root, 'first');
    const registry = await TargetRegistry.load([root]);
    @Module({
      imports: [
        { module: class {}, global: true, providers: [{ provide: TargetRegistry, useValue: registry }], exports: [TargetRegistry] },
        RcaModule,
      ],
    })
    class Root {}
    nc = await nats.connect();
    broker = await Broker.connect({ url: nats.url, service: 'rca' });
    app = await NestFactory.createMicroservice(Root, { strategy: new JetStreamStrategy(broker), logger: false });
    app.useGlobalFilters(new RethrowFilter());
    await app.listen();
  });

  const incident = (target = 'shop') =>
    aHealingStarted({
      target,
      failure: aFailurePayload({
        service: target,
        route: 'GET /users/:id',
        error: {
          name: 'TypeError',
          message: "Cannot read properties of null (reading 'city')",
          stack: `TypeError\n    at f (${root}/src/users.ts:1:${SOURCE.indexOf('city }') + 1})\n    at g (/etc/passwd:1:1)\n    at h (${root}/../x.ts:1:1)`,
        },
      }),
    });

  it('plans from the sources at HEAD, and says which frames it ignored', async () => {
    const started = incident();
    await broker.journal.publish(started);
    const { payload } = await waitForEvent(nc, 'RCA_READY', (e) => e.trace_id === started.trace_id);
    expect(payload).toMatchObject({ attempt: 1, playbook: 'null-access', base_revision: revision });
    expect(payload.cause.evidence.at(-1)).toMatchObject({
      kind: 'stack',
      summary: '2 frame(s) of the stack were ignored',
      excerpt: expect.stringContaining('/etc/passwd'),
    });
  });

  it('plans a second attempt, less sure of itself', async () => {
    const started = incident();
    await broker.journal.publish(started);
    await waitForEvent(nc, 'RCA_READY', (e) => e.trace_id === started.trace_id);
    const retry = (attempt: number, rejected_digests: string[]) =>
      broker.journal.publish(
        healingEvent('RETRY_REQUESTED', started.trace_id, AT, { attempt, reason: 'it did not hold', rejected_digests }),
      );
    await retry(2, []);
    const second = await waitForEvent(nc, 'RCA_READY', (e) => e.trace_id === started.trace_id && e.payload.attempt === 2);
    expect(second.payload.confidence).toBeLessThan(0.8);
  });

  it('buries an incident of a target that it does not know', async () => {
    const dead = await expectMessage(nc, 'dead.rca.>', () => true);
    await broker.journal.publish(incident('nowhere'));
    await expect(dead.message).resolves.toMatchObject({ type: 'HEALING_STARTED', payload: { target: 'nowhere' } });
  });
});
