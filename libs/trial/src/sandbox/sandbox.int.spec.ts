import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { targetConfig } from '@selfheal/contracts';
import { SandboxDidNotStart, startSandbox } from './sandbox.js';

// Real processes: on a busy machine each start takes its time.
jest.setTimeout(60_000);

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'selfheal-sandbox-'));
});
afterEach(async () => {
  await rm(dir, { recursive: true, force: true });
});

async function start(source: string, command = ['node', 'server.mjs'], timeout_ms = 15_000) {
  await writeFile(join(dir, 'server.mjs'), source);
  const { start, health } = targetConfig.parse({
    name: 'shop',
    start: { command },
    health: { timeout_ms },
    base_url: 'http://127.0.0.1:1',
    deploy: { strategy: 'hot-reload', control_url: 'http://127.0.0.1:1' },
  });
  return await startSandbox({ dir, start, health, traceId: 'c'.repeat(32), signal: new AbortController().signal });
}

const listen = (body: string) => `import { createServer } from 'node:http'; import { spawn } from 'node:child_process';
createServer((request, response) => { ${body} }).listen(Number(process.env.PORT), '127.0.0.1');`;

describe('startSandbox', () => {
  it('waits until the server is healthy', async () => {
    const sandbox = await start(`const from = Date.now(); ${listen('response.writeHead(Date.now() - from < 150 ? 503 : 200).end("up")')}`);
    expect(await (await fetch(sandbox.url)).text()).toBe('up');
    await sandbox.stop();
    await expect(fetch(sandbox.url)).rejects.toThrow();
  });

  it('kills what the server has started', async () => {
    const child = `const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: ['ignore', 'pipe', 'ignore'] });`;
    const sandbox = await start(`${listen('response.end(String(child.pid))')} ${child}`);
    const pid = Number(await (await fetch(sandbox.url)).text());
    expect(process.kill(pid, 0)).toBe(true);
    await sandbox.stop();
    // A killed orphan may wait for init to collect it; it is dead either way.
    const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') X');
    expect(state).toMatch(/\) [ZX]/);
  });

  it('bounds memory', async () => {
    const sandbox = await start(listen(`import('node:v8').then((v8) => response.end(String(v8.getHeapStatistics().heap_size_limit)))`));
    expect(Number(await (await fetch(sandbox.url)).text())).toBeLessThan(800 * 1024 * 1024);
    await sandbox.stop();
  });

  it.each([
    ['that says why', `console.error('no key ' + 'price_list'); process.exit(1)`, 15_000, /no key price_list/],
    ['that never listens', 'setInterval(() => {}, 1000)', 400, /did not answer within 400 ms/],
    ['that listens on another port', listen('').replace('Number(process.env.PORT)', '0'), 400, /did not answer within 400 ms/],
  ])('reports a server %s', async (_, source, limit, reason) => {
    const failure = await start(source, undefined, limit).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SandboxDidNotStart);
    expect(failure).toMatchObject({ message: expect.stringMatching(reason) });
  });

  it('reports a command that does not exist', async () => {
    await expect(start('', ['no-such-program'])).rejects.toThrow(/ENOENT/);
  });
});

describe('the preload', () => {
  it('takes the server along when who started it is gone', async () => {
    const preload = new URL('./sandbox-preload.ts', import.meta.url).href;
    const args = ['--no-warnings', `--import=${preload}?starter=${process.pid}`, '-e', 'setInterval(() => {}, 1000)'];
    const server = spawn(process.execPath, args, { detached: true, stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    const exited = once(server, 'exit');
    (server.stdio[3] as Duplex).destroy();
    expect(await exited).toEqual([null, 'SIGKILL']);
  });
});
