import 'reflect-metadata';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type INestMicroservice, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type FailurePayload, failureSubject, type Payload, PROGRESS_FILTER, type RecordedRequest } from '@selfheal/contracts';
import { Broker, JetStreamStrategy, RethrowFilter } from '@selfheal/messaging';
import { TargetRegistry } from '@selfheal/targets';
import {
  aFailure,
  aFailurePayload,
  aGuardrailPassed,
  aHealingStarted,
  aReloadDone,
  aTraceId,
  expectMessage,
  tmpDir,
  useNats,
  waitForEvent,
} from '@selfheal/testing';
import { VerifierModule } from './verifier.module.js';

jest.setTimeout(20_000);

const OBJECTIVE_MS = 300;
const get = (path: string): RecordedRequest => ({ method: 'GET', path, headers: {} });
const post = (path: string, headers: RecordedRequest['headers'] = {}): RecordedRequest => ({ method: 'POST', path, headers, body: '{}' });
const good = (request: RecordedRequest): FailurePayload['recorded'][number] => ({ request, response: { status: 200, body: '{}' } });

describe('verifier on a real broker and a live target', () => {
  let seen: { request: string; replay: unknown }[] = [];
  const live = createServer((request, response) => {
    seen.push({ request: `${request.method} ${request.url}`, replay: request.headers['selfheal-replay'] });
    const answer = () => response.writeHead(request.url?.startsWith('/broken') ? 500 : 200).end('{}');
    if (request.url === '/slow') setTimeout(answer, 2 * OBJECTIVE_MS);
    else answer();
  });
  let app: INestMicroservice;
  let broker: Broker;
  // Hooks run in the order of their registration: the service stops before the broker does.
  afterAll(async () => {
    await app?.close();
    await broker?.close();
    live.closeAllConnections();
    live.close();
  });
  const nats = useNats();
  let nc: Awaited<ReturnType<typeof nats.connect>>;

  /** Writes a target whose live server is the one of this file. Returns its root. */
  async function target(name: string, watchMs: number): Promise<string> {
    const { port } = live.address() as AddressInfo;
    const root = join(await tmpDir('selfheal-verifier-'), name);
    await mkdir(root);
    const yaml = [
      `name: ${name}`,
      'start: { command: [node, a.js] }',
      `base_url: http://127.0.0.1:${port}`,
      'deploy: { strategy: hot-reload, control_url: http://127.0.0.1:1 }',
      `replay: { live_unsafe: with-idempotency-key, watch_ms: ${watchMs} }`,
    ];
    await writeFile(join(root, 'selfheal.yaml'), yaml.join('\n'));
    return root;
  }

  beforeAll(async () => {
    await once(live.listen(0, '127.0.0.1'), 'listening');
    const registry = await TargetRegistry.load([await target('shop', 60_000), await target('quiet', 50)]);
    broker = await Broker.connect({ url: nats.url, service: 'verifier' });
    const shared = [
      { provide: TargetRegistry, useValue: registry },
      { provide: Broker, useValue: broker },
    ];
    @Module({ imports: [{ module: class {}, global: true, providers: shared, exports: shared }, VerifierModule] })
    class Root {}
    app = await NestFactory.createMicroservice(Root, { strategy: new JetStreamStrategy(broker), logger: false });
    app.useGlobalFilters(new RethrowFilter());
    await app.listen();
    nc = await nats.connect();
  });
  beforeEach(() => {
    seen = [];
  });

  /** A patch of `failure` goes live. Returns the heal's trace id. */
  async function deploy(failure: Partial<FailurePayload>, started: Partial<Payload<'HEALING_STARTED'>> = {}): Promise<string> {
    const trace = aTraceId();
    await broker.journal.publish(aHealingStarted({ failure: aFailurePayload({ recorded: [], ...failure }), ...started }, { trace }));
    await broker.journal.publish(aGuardrailPassed({}, { trace }));
    await broker.journal.publish(aReloadDone({}, { trace }));
    return trace;
  }
  const outcome = async (type: 'VERIFY_REPLAY_PASS' | 'VERIFY_REPLAY_FAIL', trace: string) =>
    (await waitForEvent(nc, type, (event) => event.trace_id === trace)).payload;

  it('passes when the failing request passes and the good ones still do', async () => {
    const trace = await deploy({ request: get('/returns'), recorded: [good(get('/products'))] });
    expect(await outcome('VERIFY_REPLAY_PASS', trace)).toMatchObject({
      attempt: 1,
      mode: 'replay',
      failing: { request: { method: 'GET', path: '/returns' }, passed: true, status: 200 },
      good: [{ request: { method: 'GET', path: '/products' }, passed: true, status: 200 }],
      healthy: true,
    });
  });

  it('marks every request to the live target as a replay of this heal: the failing, the good, and the health check', async () => {
    const request = post('/returns', { 'idempotency-key': 'k' });
    const trace = await deploy({ request, recorded: [good(get('/products')), good(get('/orders'))] });
    expect(await outcome('VERIFY_REPLAY_PASS', trace)).toMatchObject({ mode: 'replay' });
    const requests = ['GET /healthz', 'GET /orders', 'GET /products', 'POST /returns'];
    expect(seen.toSorted((a, b) => a.request.localeCompare(b.request))).toEqual(requests.map((r) => ({ request: r, replay: trace })));
  });

  it('fails when the failing request still fails', async () => {
    const trace = await deploy({ request: get('/broken'), recorded: [good(get('/products'))] });
    expect(await outcome('VERIFY_REPLAY_FAIL', trace)).toMatchObject({
      mode: 'replay',
      failing: { passed: false, status: 500 },
      good: [{ passed: true }],
      healthy: true,
      reason: expect.stringMatching(/^the failing request still fails: status 500/),
    });
  });

  it('fails when a request that was good is broken now', async () => {
    const trace = await deploy({ request: get('/returns'), recorded: [good(get('/products')), good(get('/broken'))] });
    expect(await outcome('VERIFY_REPLAY_FAIL', trace)).toMatchObject({
      failing: { passed: true },
      reason: '1 of 2 good requests fail now, first GET /broken: status 500 instead of 200',
    });
  });

  it('fails when the answer is right but misses the latency objective', async () => {
    const slow = { request: get('/slow'), duration_ms: 900, expectation: undefined };
    const trace = await deploy({ ...slow, objective_ms: OBJECTIVE_MS });
    expect(await outcome('VERIFY_REPLAY_FAIL', trace)).toMatchObject({
      failing: { passed: false, status: 200, reason: expect.stringMatching(/^took \d+ ms, allowed are 300 ms$/) },
    });
    expect(await outcome('VERIFY_REPLAY_PASS', await deploy(slow))).toMatchObject({ failing: { passed: true } });
  });

  it('never repeats an unsafe request without a key: it watches, and passes when the failure does not come again', async () => {
    const trace = await deploy({ service: 'quiet', request: post('/broken/charge') }, { target: 'quiet' });
    const payload = await outcome('VERIFY_REPLAY_PASS', trace);
    expect(payload).toMatchObject({ mode: 'watch', healthy: true });
    expect(payload.failing).toBeUndefined();
    expect(seen.map(({ request }) => request)).toEqual(['GET /healthz']);
  });

  it('fails as soon as the same failure comes again while it watches', async () => {
    const isWatching = (line: unknown) => JSON.stringify(line).includes('watching real traffic');
    // Said right before the subscription and sent in one write with it: who sees the line may publish.
    const watching = await expectMessage(nc, PROGRESS_FILTER, isWatching);
    const request = post('/charge');
    const trace = await deploy({ request });
    await watching.message;
    nc.publish(failureSubject('shop'), JSON.stringify(aFailure({ route: 'GET /another' })));
    nc.publish(failureSubject('shop'), JSON.stringify(aFailure({ request })));
    expect(await outcome('VERIFY_REPLAY_FAIL', trace)).toMatchObject({
      mode: 'watch',
      healthy: true,
      reason: 'the same failure came again from real traffic',
    });
    expect(seen.map(({ request: path }) => path)).toEqual(['GET /healthz']);
  });
});
