import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ReloadFailed, RunnerClient, RunnerRefused, RunnerUnavailable, runnerEntry } from './index.js';

// Real processes: on a busy machine each start takes its time.
jest.setTimeout(60_000);

const TOKEN = 'a-token-for-this-spec';
let dir: string;
let runner: ChildProcess;
let url: string;
let controlUrl: string;
let client: RunnerClient;

const server = (version: string) => `
import { createServer } from 'node:http';
createServer((request, response) => {
  if (request.url === '/crash') process.exit(3);
  if (request.url === '/env') return response.end(JSON.stringify(process.env));
  if (request.url === '/slow') return void setTimeout(() => response.end('${version}'), 400);
  setTimeout(() => response.end('${version}'), Math.random() * 5);
}).listen(0, '127.0.0.1');
`;
const write = (source: string) => writeFile(join(dir, 'server.mjs'), source);

/** Starts the runner; with `ready`, waits until the first worker listens. */
async function start(env: Record<string, string> = {}, ready = true): Promise<void> {
  const args = [runnerEntry, '--', 'node', '--no-warnings', join(dir, 'server.mjs')];
  const given = { ...process.env, NODE_OPTIONS: '', SELFHEAL_CONTROL_TOKEN: TOKEN, ...env };
  runner = spawn(process.execPath, args, { env: given, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  runner.stderr?.resume();
  runner.stdout?.resume();
  if (!ready) return;
  const [message] = (await once(runner, 'message')) as [{ type: string; port: number; control_port: number }];
  expect(message.type).toBe('ready');
  url = `http://127.0.0.1:${message.port}`;
  controlUrl = `http://127.0.0.1:${message.control_port}`;
  client = new RunnerClient(controlUrl, TOKEN);
}

/** One request; `agent` false opens a connection of its own. */
function ask(path: string, agent: Agent | false = false): Promise<{ body: string; connection: string | undefined }> {
  return new Promise((resolve, reject) => {
    get(`${url}${path}`, { agent }, (response) => {
      text(response).then((body) => resolve({ body, connection: response.headers.connection }), reject);
    }).on('error', reject);
  });
}

/** Asks without a pause until `signal` fires; collects every failure. */
async function load(request: () => Promise<string>, signal: AbortSignal) {
  const seen = { requests: 0, failures: [] as unknown[], versions: new Set<string>() };
  while (!signal.aborted) {
    seen.requests++;
    await request().then(
      (body) => seen.versions.add(body),
      (error: unknown) => seen.failures.push(error),
    );
  }
  return seen;
}

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'selfheal-runner-'));
  await write(server('v0'));
});

afterEach(async () => {
  if (runner.exitCode === null && runner.signalCode === null) {
    const ended = once(runner, 'close');
    runner.kill('SIGKILL');
    await ended;
  }
  await rm(dir, { recursive: true, force: true });
});

describe('reload', () => {
  it('fails no request under load, on kept-alive and on new connections, and serves the new code at once', async () => {
    await start();
    const stop = new AbortController();
    const agent = new Agent({ keepAlive: true, maxSockets: 4 });
    const viaFetch = async () => {
      const response = await fetch(url);
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      return await response.text();
    };
    const requests = [viaFetch, viaFetch, viaFetch, async () => (await ask('/', agent)).body, async () => (await ask('/', agent)).body];
    const fresh = async () => (await ask('/')).body;
    const loads = [...requests, ...requests, fresh, fresh].map((request) => load(request, stop.signal));
    for (let version = 1; version <= 6; version++) {
      await write(server(`v${version}`));
      const result = await client.reload();
      expect(result.generation).toBe(version + 1);
      for (let i = 0; i < 5; i++) expect((await ask('/')).body).toBe(`v${version}`);
    }
    stop.abort();
    const seen = await Promise.all(loads);
    agent.destroy();
    expect(seen.flatMap(({ failures }) => failures)).toEqual([]);
    expect(seen.reduce((sum, { requests }) => sum + requests, 0)).toBeGreaterThan(500);
    for (const { versions } of seen) expect([...versions].at(-1)).toBe('v6');
  });

  it('finishes a request in flight and ends its connection, and an idle one, by a header', async () => {
    await start();
    const agent = new Agent({ keepAlive: true });
    expect(await ask('/', agent)).toEqual({ body: 'v0', connection: 'keep-alive' });
    const slow = ask('/slow');
    await write(server('v1'));
    await client.reload();
    expect(await ask('/', agent)).toEqual({ body: 'v0', connection: 'close' });
    expect(await ask('/', agent)).toEqual({ body: 'v1', connection: 'keep-alive' });
    expect(await slow).toEqual({ body: 'v0', connection: 'close' });
    agent.destroy();
  });

  it('queues reloads that are asked for at the same time', async () => {
    await start();
    const results = await Promise.all([client.reload(), client.reload(), client.reload()]);
    expect(results.map(({ generation }) => generation)).toEqual([2, 3, 4]);
    expect(new Set(results.map(({ pid }) => pid)).size).toBe(3);
  });

  it.each([
    ['throws at its start', `throw new Error('config key pirce_list is missing');`, '30000', /pirce_list is missing/],
    ['does not parse', 'const = 1;', '30000', /SyntaxError/],
    ['ends by itself', 'process.exit();', '30000', /exited with code 0 before it listened/],
    ['never listens', 'setInterval(() => {}, 1000);', '1500', /did not listen within 1500 ms/],
  ])('leaves the old worker alone when the new code %s', async (_, source, limit, reason) => {
    await start({ SELFHEAL_LISTEN_MS: limit });
    const before = await client.status();
    await write(source);
    const failure = await client.reload().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ReloadFailed);
    expect(failure).toMatchObject({ message: expect.stringMatching(reason) });
    expect(await client.status()).toEqual({ ...before, last_error: expect.stringMatching(reason) });
    expect((await ask('/')).body).toBe('v0');
  });
});

/** The runner says its state only when asked. */
async function untilState(state: string) {
  for (;;) {
    const status = await client.status();
    if (status.state === state) return status;
  }
}

describe('a worker that crashes', () => {
  it('is started again', async () => {
    await start();
    const before = await client.status();
    await expect(ask('/crash')).rejects.toThrow();
    await untilState('restarting');
    const after = await untilState('running');
    expect(after).toMatchObject({ restarts: 1, generation: 2, last_error: 'the server exited with code 3' });
    expect(after.pid).not.toBe(before.pid);
    url = `http://127.0.0.1:${after.port}`;
    expect((await ask('/')).body).toBe('v0');
  });

  it('is in a crash loop when it never comes up again, until a reload of mended code', async () => {
    await start();
    await write(`process.stderr.write('no database'); process.exit(1);`);
    await expect(ask('/crash')).rejects.toThrow();
    const looping = await untilState('crash-loop');
    expect(looping).toMatchObject({ pid: null, restarts: 4, last_error: expect.stringContaining('no database') });
    await write(server('v1'));
    await client.reload();
    const { state, port } = await client.status();
    expect(state).toBe('running');
    url = `http://127.0.0.1:${port}`;
    expect((await ask('/')).body).toBe('v1');
  });
});

describe('the end', () => {
  it('finishes requests in flight on SIGTERM and exits with 0', async () => {
    await start();
    const idle = new Agent({ keepAlive: true });
    await ask('/', idle);
    const slow = ask('/slow');
    await ask('/');
    const ended = once(runner, 'close');
    runner.kill('SIGTERM');
    expect((await slow).body).toBe('v0');
    expect(await ended).toEqual([0, null]);
    await expect(client.status()).rejects.toBeInstanceOf(RunnerUnavailable);
    idle.destroy();
  });

  it('comes when whoever started it is gone', async () => {
    await start();
    const ended = once(runner, 'exit');
    runner.disconnect();
    expect(await ended).toEqual([0, null]);
  });

  it('takes the workers along even when the runner is killed', async () => {
    await start();
    expect((await ask('/')).body).toBe('v0');
    // stdout is shared by runner and worker: it closes when both are gone.
    const gone = once(runner, 'close');
    runner.kill('SIGKILL');
    await gone;
    await expect(ask('/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

describe('the control token', () => {
  it('is required and is not known to the server', async () => {
    await start();
    const origin = controlUrl;
    await expect(new RunnerClient(origin, 'wrong').reload()).rejects.toBeInstanceOf(RunnerRefused);
    expect((await fetch(`${origin}/status`)).status).toBe(401);
    const env = (await ask('/env')).body;
    expect(env).not.toContain(TOKEN);
    expect(env).toContain('NODE_COMPILE_CACHE');
  });

  it('must be given', async () => {
    await start({ SELFHEAL_CONTROL_TOKEN: '' }, false);
    expect(await once(runner, 'close')).toEqual([2, null]);
  });
});
