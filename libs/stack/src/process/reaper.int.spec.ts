import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect as tcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { isAlive } from './alive.js';

const runSource = pathToFileURL(join(process.cwd(), 'tools', 'run-source.mjs')).href;
const parent = fileURLToPath(new URL('./fixtures/parent.ts', import.meta.url));

const listening = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = tcp(port, '127.0.0.1', () => socket.destroy() && resolve(true));
    socket.on('error', () => resolve(false));
  });

describe('the reaper', () => {
  it('leaves no broker, database, worker or grandchild behind when the parent is killed with SIGKILL', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'selfheal-reaper-'));
    const child = fork(parent, [dir], { execArgv: ['--import', runSource], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    const [told] = (await once(child, 'message')) as [{ nats: number; pids: number[] }];
    const workers = await postgresWorkers(told.pids[0] ?? 0);
    expect(workers.length).toBeGreaterThan(2);
    const pids = [...told.pids, ...workers];
    expect(pids.filter(isAlive)).toEqual(pids);
    expect(await listening(told.nats)).toBe(true);

    child.kill('SIGKILL');
    await once(child, 'exit');
    const until = Date.now() + 10_000;
    while (pids.some(isAlive) && Date.now() < until) await delay(20);
    expect(pids.filter(isAlive)).toEqual([]);
    expect(await listening(told.nats)).toBe(false);
    await rm(dir, { recursive: true, force: true });
  }, 60_000);
});

/** The postmaster's children: each is the leader of a group of its own. */
async function postgresWorkers(postmaster: number): Promise<number[]> {
  const children = await readFile(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8');
  return children.trim().split(' ').map(Number);
}
