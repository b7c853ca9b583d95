import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { childEnv } from '../config.js';

let reaper: ChildProcess | undefined;

/** One reaper a process, started with the first child. It keeps nothing alive: neither us nor, once we are gone, itself. */
function running(): ChildProcess {
  if (reaper?.connected) return reaper;
  const entry = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './reaper-main.ts' : './reaper-main.js', import.meta.url));
  reaper = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', entry], {
    detached: true,
    cwd: '/',
    env: childEnv(),
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  reaper.on('error', () => undefined);
  reaper.unref();
  reaper.channel?.unref();
  return reaper;
}

/**
 * Promises that the process group `pid` (its leader's pid) ends when this process does, however it ends. `signal` is
 * how the group is asked to stop before it is killed. Call it in the same tick as the spawn.
 */
export function reapOnExit(pid: number, signal: NodeJS.Signals): void {
  running().send({ type: 'add', pid, signal });
}

/** The group has ended: its pid may be given to somebody else. */
export function forget(pid: number): void {
  if (reaper?.connected) reaper.send({ type: 'remove', pid });
}
