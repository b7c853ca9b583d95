import { spawn } from 'node:child_process';

export interface Ended {
  /** Null when it was killed or could not start. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Kept of each stream, from its end. Characters. */
const KEPT = 4_000_000;
/** What SIGINT does not end in this time is killed. */
const GRACE_MS = 10_000;

/** Runs a program to its end in a process group of its own, which ends with it. Never rejects. */
export function runProgram(program: string, args: readonly string[], { cwd, env, timeoutMs, signal }: RunOptions): Promise<Ended> {
  const from = performance.now();
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr, forced] = ['', '', false];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout = (stdout + text).slice(-KEPT)));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-KEPT)));
    const group = (name: NodeJS.Signals) => {
      try {
        if (child.pid) process.kill(-child.pid, name);
      } catch {
        // It is gone.
      }
    };
    let last: NodeJS.Timeout | undefined;
    const stop = () => {
      forced = true;
      group('SIGINT');
      last ??= setTimeout(() => group('SIGKILL'), GRACE_MS);
    };
    const timer = setTimeout(stop, timeoutMs);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    const end = (code: number | null) => {
      clearTimeout(timer);
      clearTimeout(last);
      signal.removeEventListener('abort', stop);
      group('SIGKILL');
      resolve({ code: forced ? null : code, stdout, stderr, ms: performance.now() - from });
    };
    child.on('error', (error) => {
      stderr += error.message;
      end(null);
    });
    child.on('close', end);
  });
}
