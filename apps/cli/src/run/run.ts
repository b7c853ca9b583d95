import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { runnerEntry } from '@selfheal/runner';
import { CommandError, usageError } from '../errors.js';

/** `selfheal run -- node server.js`: the runner in a process of its own, with our terminal. @throws CommandError with its exit code */
export async function run(command: readonly string[]): Promise<void> {
  if (command.length === 0) throw usageError('usage: selfheal run -- node [options] script [args]');
  const child = spawn(process.execPath, [runnerEntry, '--', ...command], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  const code = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (exit, signal) => resolve(signal ? 128 + constants.signals[signal] : (exit ?? 1)));
  });
  if (code !== 0) throw new CommandError('', code);
}
