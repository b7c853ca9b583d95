import 'reflect-metadata';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type INestMicroservice, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type AnyHealingEvent, BUCKETS, type HealingEvent, type Payload, progressSubject } from '@selfheal/contracts';
import { headRevision, initRepository, isClean, treeOf } from '@selfheal/git';
import { Broker, JetStreamStrategy, RethrowFilter } from '@selfheal/messaging';
import { TargetRegistry } from '@selfheal/targets';
import { aCandidate, aHealingStarted, anEvent, aTraceId, expectMessage, tmpDir, useNats, waitForEvent } from '@selfheal/testing';
import type { KV } from 'nats';
import { DeployerModule } from './deployer.module.js';
import { aPassed } from './testing/a-passed.js';

jest.setTimeout(30_000);

const yaml = (name: string, control: string) =>
  `name: ${name}\nstart: { command: [node, a.js] }\nbase_url: http://127.0.0.1:1\ndeploy: { strategy: hot-reload, control_url: '${control}' }\n`;

describe('deployer on a real broker and a real repository', () => {
  let broker: Broker;
  let app: INestMicroservice;
  // A runner that reloads whatever it is told to.
  const runner = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"generation":2,"pid":1,"ready_ms":5}');
  });
  // Hooks run in the order of their registration: the service stops before its broker does.
  afterAll(async () => {
    await app.close();
    await broker.close();
    runner.closeAllConnections();
    runner.close();
    delete process.env.SELFHEAL_CONTROL_TOKEN;
  });
  const nats = useNats();
  let nc: Awaited<ReturnType<typeof nats.connect>>;
  let leases: KV;
  let roots: Record<string, string>;

  beforeAll(async () => {
    process.env.SELFHEAL_CONTROL_TOKEN = 'a-token-for-this-spec';
    await once(runner.listen(0, '127.0.0.1'), 'listening');
    const control = `http://127.0.0.1:${(runner.address() as AddressInfo).port}`;
    // One for each spec: a heal that deployed keeps its target until it ends.
    const names = ['deploys', 'approved', 'forged', 'waits', 'escalated', 'retried'];
    roots = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await tmpDir('selfheal-deployer-')] as const)));
    for (const [name, root] of Object.entries(roots)) {
      await mkdir(join(root, 'src/returns'), { recursive: true });
      await writeFile(join(root, 'src/returns/returns.ts'), 'export const x = 1;\n');
      await writeFile(join(root, 'selfheal.yaml'), yaml(name, control));
      await initRepository(root, 'first');
    }
    const registry = await TargetRegistry.load(Object.values(roots));
    broker = await Broker.connect({ url: nats.url, service: 'deployer' });
    @Module({
      imports: [
        {
          module: class {},
          global: true,
          providers: [
            { provide: TargetRegistry, useValue: registry },
            { provide: Broker, useValue: broker },
          ],
          exports: [TargetRegistry, Broker],
        },
        DeployerModule,
      ],
    })
    class Root {}
    nc = await nats.connect();
    leases = await broker.kv(BUCKETS.leases);
    app = await NestFactory.createMicroservice(Root, { strategy: new JetStreamStrategy(broker), logger: false });
    app.useGlobalFilters(new RethrowFilter());
    await app.listen();
  });

  const rootOf = (target: string) => roots[target] ?? '';
  const sourceOf = (target: string) => readFile(join(rootOf(target), 'src/returns/returns.ts'), 'utf8');
  const publish = (event: HealingEvent) => broker.journal.publish(event as AnyHealingEvent);
  const of = (trace: string) => (event: HealingEvent) => event.trace_id === trace;

  /** A heal of `target` that has come as far as the guardrail; `passed` is what that will say. */
  async function aHeal(target: string, more: Partial<Payload<'GUARDRAIL_PASSED'>> = {}) {
    const trace = aTraceId();
    const base = await headRevision(rootOf(target));
    await publish(aHealingStarted({ target }, { trace }));
    return { trace, base, passed: anEvent('GUARDRAIL_PASSED', aPassed({ base_revision: base, ...more }), { trace }) };
  }
  const holderOf = async (target: string) => {
    const entry = await leases.get(target);
    return entry?.operation === 'PUT' ? entry.string() : undefined;
  };
  /** Resolves when the lease is free. */
  async function untilFree(target: string) {
    for await (const entry of await leases.watch({ key: target, ignoreDeletes: false })) if (entry.operation !== 'PUT') return;
  }

  it('deploys what the guardrail passed, rolls it back to the same tree, and keeps the target until the heal ends', async () => {
    const { trace, base, passed } = await aHeal('deploys');
    await publish(passed);
    const { payload } = await waitForEvent(nc, 'RELOAD_DONE', of(trace));
    expect(payload).toMatchObject({ previous_revision: base, revision: await headRevision(rootOf('deploys')), strategy: 'hot-reload' });
    expect(await sourceOf('deploys')).toBe('export const x = 2;\n');
    expect(await holderOf('deploys')).toBe(trace);
    const { revision, previous_revision } = payload;
    await publish(anEvent('ROLLBACK_REQUESTED', { revision, previous_revision }, { trace }));
    const back = await waitForEvent(nc, 'ROLLBACK_DONE', of(trace));
    expect(back.payload).toMatchObject({ tree: await treeOf(rootOf('deploys'), base), identical: true });
    expect(await sourceOf('deploys')).toBe('export const x = 1;\n');
    const free = untilFree('deploys');
    await publish(anEvent('ESCALATED', {}, { trace }));
    await free;
  });

  it('waits for the approval when there must be one, which is for one digest', async () => {
    const { trace, base, passed } = await aHeal('approved', { approval_required: true });
    await publish(passed);
    await publish(anEvent('APPROVAL_GRANTED', { digest: 'f'.repeat(64) }, { trace }));
    const refused = await waitForEvent(nc, 'RELOAD_FAILED', of(trace));
    expect(refused.payload.code).toBe('approval-digest-mismatch');
    expect(await headRevision(rootOf('approved'))).toBe(base);
    const second = await aHeal('approved', { approval_required: true });
    await publish(second.passed);
    await publish(anEvent('APPROVAL_GRANTED', { digest: second.passed.payload.digest }, { trace: second.trace }));
    await waitForEvent(nc, 'RELOAD_DONE', of(second.trace));
    expect(await sourceOf('approved')).toBe('export const x = 2;\n');
  });

  it.each(['GUARDRAIL_PASSED', 'APPROVAL_GRANTED'])('writes nothing of a patch that is not the one that was proven (%s)', async (said) => {
    const { trace, base, passed } = await aHeal('forged', { approval_required: said === 'APPROVAL_GRANTED' });
    const { candidate } = passed.payload;
    const evil = aCandidate({ diff: candidate.diff.replace('x = 2', 'x = evil()') });
    await publish(anEvent('GUARDRAIL_PASSED', { ...passed.payload, candidate: evil }, { trace }));
    if (said === 'APPROVAL_GRANTED') await publish(anEvent(said, { digest: passed.payload.digest }, { trace }));
    const failed = await waitForEvent(nc, 'RELOAD_FAILED', of(trace));
    expect(failed.payload).toMatchObject({ code: 'digest-mismatch', reason: expect.stringContaining(passed.payload.digest.slice(0, 12)) });
    expect(await headRevision(rootOf('forged'))).toBe(base);
    expect(await isClean(rootOf('forged'))).toBe(true);
    expect(await holderOf('forged')).toBeUndefined();
  });

  /** Publishes while another heal has the target; gives that heal when the deployer says that it waits. */
  async function whileBusy(target: string, event: HealingEvent): Promise<{ release: () => Promise<void> }> {
    const other = aTraceId();
    await leases.put(target, other);
    const waits = await expectMessage(nc, progressSubject(event.trace_id), (line) => JSON.stringify(line).includes('waiting for'));
    await publish(event);
    await waits.message;
    return { release: () => leases.delete(target) };
  }

  it('waits while another heal changes the target', async () => {
    const { trace, base, passed } = await aHeal('waits');
    const { release } = await whileBusy('waits', passed);
    expect(await headRevision(rootOf('waits'))).toBe(base);
    await release();
    await waitForEvent(nc, 'RELOAD_DONE', of(trace));
    expect(await holderOf('waits')).toBe(trace);
  });

  it('does not deploy a heal that was escalated while it waited', async () => {
    const { trace, base, passed } = await aHeal('escalated');
    const { release } = await whileBusy('escalated', passed);
    await publish(anEvent('ESCALATED', {}, { trace }));
    await release();
    await untilTakenAndFree('escalated', trace);
    expect(await headRevision(rootOf('escalated'))).toBe(base);
    expect(await broker.journal.find(trace, 'RELOAD_DONE', 1)).toBeUndefined();
  });

  it('leaves the lease to the attempt that the heal has gone on to while this one waited', async () => {
    const { trace, base, passed } = await aHeal('retried');
    const { release } = await whileBusy('retried', passed);
    await publish(anEvent('RETRY_REQUESTED', { attempt: 2 }, { trace }));
    await release();
    const second = anEvent('GUARDRAIL_PASSED', { ...passed.payload, attempt: 2 }, { trace });
    await publish(second);
    const done = await waitForEvent(nc, 'RELOAD_DONE', of(trace));
    expect(done.payload).toMatchObject({ attempt: 2, previous_revision: base });
    await untilHandled(broker);
    expect(await holderOf('retried')).toBe(trace);
    expect(await broker.journal.find(trace, 'RELOAD_DONE', 1)).toBeUndefined();
  });

  /** Resolves when the heal had the lease and gave it back. */
  async function untilTakenAndFree(target: string, trace: string) {
    let taken = false;
    for await (const entry of await leases.watch({ key: target, ignoreDeletes: false })) {
      if (entry.operation === 'PUT' && entry.string() === trace) taken = true;
      // History keeps only the last: it may have been given back before we looked.
      if (entry.operation !== 'PUT' && (taken || (await untilHandled(broker)))) return;
    }
  }
});

/** Resolves when every GUARDRAIL_PASSED was handled and acked. */
async function untilHandled(broker: Broker): Promise<true> {
  for (;;) {
    const { num_ack_pending, num_pending } = await broker.manager.consumers.info('HEALING', 'deployer-GUARDRAIL_PASSED');
    if (num_ack_pending === 0 && num_pending === 0) return true;
  }
}
