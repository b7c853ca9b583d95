import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { tmpDir } from '@selfheal/testing';

jest.setTimeout(30_000);

const runSource = pathToFileURL(join(process.cwd(), 'tools', 'run-source.mjs')).href;
const graceful = fileURLToPath(new URL('./testing/graceful.ts', import.meta.url));

/** How a process ended: its exit code and signal, its log, and how often it stopped in order. */
interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly log: string[];
  readonly stops: number;
}

describe('stopGracefully', () => {
  const children: ChildProcess[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });

  /** Starts a service, waits until it is ready, lets `act` happen to it, and waits until it is gone. */
  async function run(
    fault: 'none' | 'throws' | 'rejects' | 'stop-fails' | 'told-twice',
    act: (child: ChildProcess) => void,
  ): Promise<Ended> {
    const file = join(await tmpDir('selfheal-lifecycle-'), 'stopped');
    const child = fork(graceful, [fault, file], {
      execArgv: ['--import', runSource],
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    children.push(child);
    // Rejects when `act` stops reading the log; the exit code and the stops still tell.
    const output = child.stdout ? text(child.stdout).catch(() => '') : '';
    const exit = once(child, 'exit');
    const [ready] = await once(child, 'message');
    expect(ready).toEqual({ type: 'ready', port: expect.any(Number) });
    act(child);
    const [code, signal] = (await exit) as [number | null, NodeJS.Signals | null];
    const lines = (await output).split('\n').filter(Boolean);
    const log = lines.map((line) => JSON.parse(line) as { msg: string; why?: string; err?: { message: string } });
    const stops = (await readFile(file, 'utf8')).match(/stopped/g)?.length ?? 0;
    return { code, signal, stops, log: log.map(({ msg, why, err }) => [msg, why ?? err?.message].join(': ')) };
  }

  it.each(['SIGTERM', 'SIGINT'] as const)('stops in order on %s, and exits 0', async (signal) => {
    expect(await run('none', (child) => child.kill(signal))).toEqual({ code: 0, signal: null, stops: 1, log: [`stopping: ${signal}`] });
  });

  it('stops in order when its parent is gone: the IPC channel closes', async () => {
    const ended = await run('none', (child) => child.disconnect());
    expect(ended).toEqual({ code: 0, signal: null, stops: 1, log: ['stopping: the parent process is gone'] });
  });

  it('stops in order also when nobody is left to read its log', async () => {
    const ended = await run('none', (child) => {
      child.stdout?.destroy();
      child.disconnect();
    });
    expect(ended).toEqual({ code: 0, signal: null, stops: 1, log: [] });
  });

  it.each([
    ['throws', 'uncaught exception'],
    ['rejects', 'unhandled rejection'],
  ] as const)('logs the error when it %s, stops in order, and exits 1', async (fault, name) => {
    const ended = await run(fault, (child) => child.send('now'));
    expect(ended).toEqual({ code: 1, signal: null, stops: 1, log: [`${name}: boom`, `stopping: ${name}`] });
  });

  it('exits 1 when it cannot stop in order', async () => {
    const ended = await run('stop-fails', (child) => child.kill('SIGTERM'));
    const log = ['stopping: SIGTERM', 'could not stop cleanly: the broker is gone'];
    expect(ended).toEqual({ code: 1, signal: null, stops: 1, log });
  });

  it('stops once, though it is told to again while it stops', async () => {
    const ended = await run('told-twice', (child) => child.kill('SIGTERM'));
    expect(ended).toEqual({ code: 0, signal: null, stops: 1, log: ['stopping: SIGTERM'] });
  });
});
