/** The emitter as a service installs it: real processes under `--import`, from dist, on a real broker. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type FailureEvent, failureEvent, failureSubject, STREAMS } from '@selfheal/contracts';
import { useNats } from '@selfheal/testing';
import { Events, type MsgHdrs, type NatsConnection } from 'nats';

const FIXTURES = join(import.meta.dirname, '../fixtures');
const nats = useNats();
const running = new Set<ChildProcess>();
let services = 0;
let nc: NatsConnection;

beforeAll(async () => {
  if (!existsSync(join(import.meta.dirname, '../dist/register.js')))
    throw new Error('build first: npm run build -w libs/contracts -w libs/emitter');
  nc = await nats.connect();
});
afterAll(async () => {
  const alive = [...running].filter((child) => child.exitCode === null && child.signalCode === null);
  const gone = alive.map((child) => once(child, 'close'));
  for (const child of alive) child.kill('SIGKILL');
  await Promise.all(gone);
});

interface Service {
  readonly url: string;
  readonly child: ChildProcess;
  readonly stderr: () => string;
  /** The next failure that it emits, validated, with its headers. */
  next(): Promise<FailureEvent & { headers: MsgHdrs | undefined }>;
}

async function start(fixture: string, env: Record<string, string> = {}, args: readonly string[] = []): Promise<Service> {
  const name = env.SELFHEAL_SERVICE ?? `svc-${++services}`;
  const subscription = nc.subscribe(failureSubject(name));
  await nc.flush();
  const messages = subscription[Symbol.asyncIterator]();
  const child = spawn(process.execPath, ['--import', '@selfheal/emitter/register', fixture, ...args], {
    cwd: FIXTURES,
    env: { PATH: process.env.PATH, NATS_URL: nats.url, SELFHEAL_SERVICE: name, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  for await (const line of createInterface(child.stdout)) {
    if (!line.startsWith('http')) continue;
    const next = async () => {
      const { value, done } = await messages.next();
      if (done) throw new Error('the subscription ended');
      return { ...failureEvent.parse(value.json()), headers: value.headers };
    };
    return { url: line, child, next, stderr: () => errors };
  }
  throw new Error(`${fixture} did not start: ${errors}`);
}

describe('a Fastify service', () => {
  let app: Service;
  beforeAll(async () => {
    app = await start('fastify-app.mjs', { SELFHEAL_OBJECTIVE_MS: '300', SELFHEAL_RELEASE: 'v1.2.3' });
  }, 30_000);
  const post = (body: unknown, headers = {}) =>
    fetch(`${app.url}/api/orders`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    });

  it('emits a failing request with all that a replay needs, in the trace of the caller', async () => {
    await (await fetch(`${app.url}/api/orders/ord_7`)).text();
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const response = await post({ fail: true, name: 'Zoë', password: 'hunter22' }, { traceparent, authorization: 'Bearer abcdef' });
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({ message: 'no address for Zoë' });

    const { type, trace_id, payload, headers, key, timestamp } = await app.next();
    expect({ type, trace_id }).toEqual({ type: 'ORDER_API_FAILURE', trace_id: '4bf92f3577b34da6a3ce929d0e0e4736' });
    expect(payload).toMatchObject({
      route: 'POST /api/orders',
      release: 'v1.2.3',
      error: { name: 'TypeError', message: 'no address for Zoë' },
      request: {
        method: 'POST',
        path: '/api/orders',
        headers: { authorization: '[REDACTED]' },
        body: '{"fail":true,"name":"Zoë","password":"[REDACTED]"}',
      },
      response: { status: 500 },
      recorded: [{ request: { path: '/api/orders/ord_7' }, response: { status: 200, body: '{"id":"ord_7","password":"[REDACTED]"}' } }],
    });
    expect(payload.error.stack).toMatch(/at Object\.<anonymous> \(fastify-app\.mjs:\d+:\d+\)/);
    expect(payload.error.stack).not.toMatch(/\(\/|file:/);
    const header = (name: string) => headers?.get(name);
    expect([
      header('Nats-Msg-Id'),
      header('ce-id'),
      header('ce-type'),
      header('ce-specversion'),
      header('ce-time'),
      header('ce-source'),
    ]).toEqual([key, key, type, '1.0', timestamp, `service/${payload.service}`]);
    expect(header('traceparent')).toMatch(new RegExp(`^00-${trace_id}-[0-9a-f]{16}-01$`));
  });

  it('emits what the response serializer refused, with its issue', async () => {
    await fetch(`${app.url}/api/bad-responses/1`);
    const { type, payload } = await app.next();
    expect(type).toBe('BAD_RESPONSE_API_FAILURE');
    expect(payload.error.issues).toMatchObject([{ path: ['total'] }]);
  });

  it.each([
    ['a hook', '/api/hooked/1', {}, 'HOOKED_API_FAILURE', 'RangeError'],
    [
      'a body parser',
      '/api/orders',
      { method: 'POST', body: 'x', headers: { 'content-type': 'text/broken' } },
      'ORDER_API_FAILURE',
      'SyntaxError',
    ],
  ])('emits what %s threw', async (_what, path, init, type, name) => {
    await fetch(app.url + path, init);
    const event = await app.next();
    expect([event.type, event.payload.error.name]).toEqual([type, name]);
  });

  it('emits a 5xx that nobody threw, and a slow request', async () => {
    await fetch(`${app.url}/api/unavailable`);
    expect((await app.next()).payload.error).toEqual({ name: 'HttpError', message: 'GET /api/unavailable answered 503' });
    await fetch(`${app.url}/api/slow`);
    const { type, payload } = await app.next();
    expect(type).toBe('SLOW_LATENCY_FAILURE');
    expect(payload).toMatchObject({ expectation: { max_ms: 300 }, objective_ms: 300 });
    expect(payload.duration_ms).toBeGreaterThanOrEqual(300);
  });

  it('emits what the service captured itself, once', async () => {
    await fetch(`${app.url}/api/handled`);
    expect((await app.next()).payload).toMatchObject({ error: { message: 'handled' }, request: { path: '/api/handled' } });
  });

  it('emits nothing for 4xx, for client mistakes, and for replays of ours', async () => {
    await fetch(`${app.url}/api/missing`);
    await fetch(`${app.url}/api/orders`, { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } });
    expect((await post({ fail: true }, { 'selfheal-replay': '1' })).status).toBe(500);
    await post({ fail: true, name: 'the next one' });
    expect((await app.next()).payload.error.message).toBe('no address for the next one');
  });
});

it('sees errors that an error handler of the service answered', async () => {
  const app = await start('fastify-app.mjs', {}, ['own-handler']);
  const hooked = await fetch(`${app.url}/api/hooked/1`);
  expect(await hooked.json()).toEqual({ error: 'sorry' });
  expect((await app.next()).payload).toMatchObject({ route: 'GET /api/hooked/:id', error: { name: 'RangeError' } });
});

describe('a service on node:http', () => {
  it('reports the exception that kills it, with the request, and dies as it would without us', async () => {
    const app = await start('http-app.mjs');
    const died = once(app.child, 'exit');
    await fetch(`${app.url}/api/crash`).catch(() => undefined);
    const { type, payload } = await app.next();
    expect(type).toBe('UNCAUGHT_EXCEPTION_FAILURE');
    expect(payload).toMatchObject({ error: { message: 'crashed' }, request: { method: 'GET', path: '/api/crash' } });
    expect(await died).toEqual([1, null]);
    expect(app.stderr()).toContain('Error: crashed');
  });

  it.each([
    ['that Node dies of', [], true],
    ['that the service listens to', ['keep-going'], false],
  ])('reports a rejection %s', async (_what, args: string[], dies) => {
    const app = await start('http-app.mjs', {}, args);
    const died = once(app.child, 'exit');
    await fetch(`${app.url}/api/reject`).catch(() => undefined);
    const { type, payload } = await app.next();
    expect(type).toBe('UNHANDLED_REJECTION_FAILURE');
    expect(payload).toMatchObject({ error: { message: 'rejected' }, request: { path: '/api/reject' } });
    if (dies) expect(await died).toEqual([1, null]);
    else expect((await fetch(`${app.url}/`)).status).toBe(200);
  });

  it('takes errors from Express, and consumes no body', async () => {
    const app = await start('http-app.mjs');
    const echoed = await fetch(`${app.url}/upload`, { method: 'POST', body: 'x'.repeat(300_000) });
    expect(await echoed.json()).toEqual({ length: 300_000 });
    await fetch(`${app.url}/api/tickets/17`);
    const { type, payload } = await app.next();
    expect(type).toBe('TICKET_API_FAILURE');
    expect(payload).toMatchObject({ route: 'GET /api/tickets/:id', error: { message: 'like express' } });
  });

  it('leaves when its work is done, and its last words are heard', async () => {
    const app = await start('http-app.mjs');
    const left = once(app.child, 'exit');
    await (await fetch(`${app.url}/leave`)).text();
    expect((await app.next()).type).toBe('LEAVE_FAILURE');
    expect(await left).toEqual([0, null]);
  });

  it.each([
    ['a broker that cannot be reached', { NATS_URL: 'nats://127.0.0.1:1' }, ''],
    ['settings that are wrong', { SELFHEAL_OBJECTIVE_MS: 'fast' }, 'selfheal emitter: SELFHEAL_OBJECTIVE_MS'],
  ])('serves and leaves with %s', async (_what, env: Record<string, string>, warning) => {
    const app = await start('http-app.mjs', env);
    const left = once(app.child, 'exit');
    expect(await (await fetch(`${app.url}/leave`)).text()).toBe('bye');
    expect(await left).toEqual([0, null]);
    expect(app.stderr()).toContain(warning);
  });

  it('does nothing in a sandbox', async () => {
    // Of two services of one name, the second is heard, and nothing came before it.
    const sandbox = await start('http-app.mjs', { SELFHEAL_SANDBOX: '1', SELFHEAL_SERVICE: 'boxed' });
    const died = once(sandbox.child, 'exit');
    await fetch(`${sandbox.url}/api/tickets/17`);
    await fetch(`${sandbox.url}/api/crash`).catch(() => undefined);
    await died;
    const live = await start('http-app.mjs', { SELFHEAL_SERVICE: 'boxed', SELFHEAL_RELEASE: 'live' });
    await fetch(`${live.url}/api/tickets/17`);
    expect((await sandbox.next()).payload.release).toBe('live');
  });
});

async function reconnect(connection: NatsConnection): Promise<void> {
  for await (const { type } of connection.status()) if (type === Events.Reconnect) return;
}

it('delivers what failed while the broker was away, each failure once', async () => {
  const app = await start('http-app.mjs', { SELFHEAL_SERVICE: 'patient' });
  const jsm = await nc.jetstreamManager();
  await jsm.streams.add({ name: STREAMS.failures.name, subjects: [...STREAMS.failures.subjects] });
  await fetch(`${app.url}/api/tickets/17`);
  const consumer = await nc.jetstream().consumers.get(STREAMS.failures.name, { filterSubjects: failureSubject('patient') });
  expect((await consumer.next({ expires: 10_000 }))?.json()).toMatchObject({ payload: { service: 'patient' } });

  const reconnected = reconnect(nc);
  await nats.server.stop();
  for (let i = 0; i < 3; i++) await fetch(`${app.url}/api/tickets/17`);
  await nats.server.restart();
  await reconnected;
  const missed = await nc.jetstream().consumers.get(STREAMS.failures.name, { filterSubjects: failureSubject('patient') });
  const keys = new Set<string | undefined>();
  for (let i = 0; i < 4; i++) keys.add((await missed.next({ expires: 15_000 }))?.headers?.get('Nats-Msg-Id'));
  expect(keys.size).toBe(4);
  expect(keys).not.toContain(undefined);
}, 60_000);
