import { describe, expect, it } from '@jest/globals';
import type { Recording } from '../command/recording.js';
import { commandOracle, type RunRequest } from './command-oracle.js';
import type { OracleSandbox } from './sandbox.js';

const recording: Recording = {
  run: { outcome: 'failed', tests: [], ms: 10 },
  processes: [],
  coverage: [],
  exitCode: 1,
  signal: null,
  orphans: 0,
  output: '',
};

function given(more: Partial<Recording> = {}) {
  const log: string[] = [];
  let made = 0;
  const makeSandbox = async (): Promise<OracleSandbox> => {
    const root = `/sandbox-${++made}`;
    const told = (what: string) => async () => void log.push(`${what} ${root}`);
    return { root, write: told('write'), restore: told('restore'), close: told('close') };
  };
  const requests: RunRequest<OracleSandbox>[] = [];
  const runCommand = async (request: RunRequest<OracleSandbox>) => {
    requests.push(request);
    await new Promise((done) => setImmediate(done));
    return { ...recording, run: { outcome: 'passed', tests: [], ms: 1 } } as const;
  };
  const oracle = commandOracle({
    recording: { ...recording, ...more },
    recordedRoot: '/recorded',
    command: { argv: ['npm', 'test'] },
    makeSandbox,
    runCommand,
    signal: new AbortController().signal,
    workers: 2,
  });
  const run = () => oracle.run(new Map([['a.js', '1']]), { signal: new AbortController().signal });
  return { oracle, run, log, requests, sandboxes: () => made };
}

describe('the command as an oracle', () => {
  it('runs side by side in as many sandboxes, restores each, closes all', async () => {
    const { oracle, run, log, sandboxes } = given();
    const runs = await Promise.all([run(), run(), run(), run(), run()]);
    expect(runs.every(({ outcome }) => outcome === 'passed')).toBe(true);
    expect(sandboxes()).toBe(2);
    expect(log.filter((line) => line.startsWith('restore'))).toHaveLength(5);
    await oracle.close();
    expect(log.filter((line) => line.startsWith('close'))).toHaveLength(2);
  });

  it('starts only the failing process, moved into the sandbox', async () => {
    const failing = {
      pid: 1,
      ppid: 1,
      execPath: '/node',
      execArgv: [],
      script: '/recorded/t.js',
      args: ['/recorded/x'],
      cwd: '/recorded/sub',
      env: { HOME: '/h' },
      exitCode: 1,
      ms: 1,
    };
    const { run, requests } = given({ failing });
    await run();
    expect(requests[0]).toMatchObject({ argv: ['/node', '/sandbox-1/t.js', '/sandbox-1/x'], cwd: 'sub', env: { HOME: '/h' } });
  });
});
