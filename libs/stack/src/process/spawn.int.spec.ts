import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ProcessError } from '../errors.js';
import { isAlive } from './alive.js';
import { ProcessGroup } from './group.js';
import type { ProcessSpec } from './spawn.js';

const node = (script: string, more: Partial<ProcessSpec> = {}): ProcessSpec => ({
  name: 'child',
  command: process.execPath,
  args: ['-e', script],
  ready: 'ipc',
  ...more,
});
const FOREVER = 'setInterval(() => {}, 1000);';
const READY = `process.send({ type: 'ready', port: 4321 }); ${FOREVER}`;

describe('spawnProcess', () => {
  let group = new ProcessGroup();
  afterEach(async () => {
    await group.stop();
    group = new ProcessGroup();
  });

  it('resolves with the port when the child says over IPC that it is ready', async () => {
    const child = await group.spawn(node(READY));
    expect(child.port).toBe(4321);
    expect(isAlive(child.pid)).toBe(true);
  });

  it('waits for an HTTP address to answer', async () => {
    const server = `const s = require('node:http').createServer((q, r) => r.end('ok')).listen(0, '127.0.0.1', () => console.log('port ' + s.address().port))`;
    const first = await group.spawn(node(server, { ready: { log: /port/, port: /port (\d+)/ } }));
    const second = await group.spawn(node(FOREVER, { ready: { http: `http://127.0.0.1:${first.port}/` } }));
    expect(isAlive(second.pid)).toBe(true);
  });

  it('reports an early end with the tail of the log', async () => {
    const failing = group.spawn(node(`console.log('starting'); throw new Error('no such database')`));
    await expect(failing).rejects.toThrow(/child ended before it was ready \(exit code 1\)[\s\S]*\| starting[\s\S]*no such database/);
    await expect(failing).rejects.toBeInstanceOf(ProcessError);
  });

  it('reports a program that is not there', async () => {
    await expect(group.spawn({ name: 'nothing', command: '/no/such/program', ready: 'ipc' })).rejects.toThrow(/ENOENT/);
  });

  it('kills and reports one that is never ready', async () => {
    const silent = group.spawn(node(`console.log('thinking'); ${FOREVER}`, { readyTimeoutMs: 500 }));
    await expect(silent).rejects.toThrow(/was not ready after 500 ms[\s\S]*thinking/);
  });

  it('kills a child that does not stop when asked', async () => {
    const child = await group.spawn(node(`process.on('SIGTERM', () => {}); ${READY}`, { graceMs: 100 }));
    await child.stop();
    expect(await child.exited).toEqual({ code: null, signal: 'SIGKILL' });
  });

  it('tells of a crash, but not of a stop that was asked for', async () => {
    const stopped = await group.spawn(node(READY));
    const crashed = await group.spawn(node(READY));
    const crashes: string[] = [];
    stopped.onCrash((error) => crashes.push(error.message));
    const crash = new Promise<Error>((resolve) => crashed.onCrash(resolve));
    await stopped.stop();
    process.kill(crashed.pid, 'SIGKILL');
    expect((await crash).message).toMatch(/child ended unexpectedly \(signal SIGKILL\)/);
    expect(crashes).toEqual([]);
  });

  it('starts again after kill -9, with other variables when told', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'selfheal-spawn-'));
    const logFile = join(dir, 'logs', 'child.log');
    const child = await group.spawn(node(`console.log('hello ' + process.env.WHO); ${READY}`, { logFile, env: { WHO: 'one' } }));
    const before = child.pid;
    await child.kill();
    expect(isAlive(before)).toBe(false);
    await child.restart({ WHO: 'two' });
    expect(child.pid).not.toBe(before);
    await child.stop();
    expect(await readFile(logFile, 'utf8')).toBe('hello one\nhello two\n');
    await rm(dir, { recursive: true, force: true });
  });
});
