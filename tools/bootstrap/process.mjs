import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const bin = join(root, 'node_modules', '.bin');
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Ends the run with a message for a person and an exit code. */
export class Failed extends Error {
  constructor(message, code = 1) {
    super(message);
    this.code = code;
  }
}

/** The environment of everything that we run: Node 24 and the workspace's programs come first on PATH. */
export const environment = () => ({
  ...process.env,
  PATH: `${bin}:${process.env.PATH ?? ''}`,
  NX_DAEMON: 'false',
  NX_TUI: 'false',
  NEXT_TELEMETRY_DISABLED: '1',
});

/** Node 24, as npm installed it. */
export const node24 = () => join(bin, 'node');

/**
 * Calls back once when the npm that started us is gone. It runs scripts through a shell, which passes no signal on when
 * either of them dies: only so do we notice. Without npm (`nohup node … &` in a shell that is closed) it means nothing.
 */
function onOrphaned(callback) {
  if (!process.env.npm_lifecycle_event) return () => undefined;
  const ancestors = () => `${process.ppid} ${parentOf(process.ppid)}`;
  const before = ancestors();
  const timer = setInterval(() => {
    if (ancestors() === before) return;
    clearInterval(timer);
    callback();
  }, 500);
  return () => clearInterval(timer);
}

/** The parent's pid, where /proc tells it. */
function parentOf(pid) {
  try {
    return /^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}

/**
 * Runs a program to its end. Signals that reach us are passed on, and we wait. `onOutput` gets what it prints; without
 * it the child shares our terminal. Resolves with its exit code; 128 + n when signal n ended it.
 */
export function runToEnd(program, args, { onOutput, ipc = false, env = environment() } = {}) {
  return new Promise((resolve, reject) => {
    const output = onOutput ? 'pipe' : 'inherit';
    // Over the IPC channel a child notices that we are gone, even by kill -9.
    const stdio = [onOutput ? 'ignore' : 'inherit', output, output, ...(ipc ? ['ipc'] : [])];
    const child = spawn(program, args, { cwd: root, env, stdio });
    const passOn = SIGNALS.map((signal) => [signal, () => child.kill(signal)]);
    for (const [signal, handler] of passOn) process.on(signal, handler);
    const watched = onOrphaned(() => child.kill('SIGTERM'));
    child.stdout?.on('data', onOutput);
    child.stderr?.on('data', onOutput);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      watched();
      for (const [name, handler] of passOn) process.off(name, handler);
      resolve(signal ? 128 + constants.signals[signal] : code);
    });
  });
}
