import { CommanderError } from 'commander';
import { CommandError } from './errors.js';
import { program } from './program.js';

/** 0 done, 1 failed, 2 wrong usage, 128 + n ended by signal n. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const known = error instanceof CommandError;
  if (!known) process.stderr.write(`selfheal: ${error instanceof Error ? error.message : String(error)}\n`);
  else if (error.message) process.stderr.write(`selfheal: ${error.message}\n`);
  return known ? error.exitCode : 1;
}

let code = 0;
try {
  await program().parseAsync();
} catch (error) {
  code = exitCodeOf(error);
}
// What is still open belongs to nobody any more; the reaper ends processes that would not stop.
process.exit(code);
