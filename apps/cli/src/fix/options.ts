import { InvalidArgumentError } from 'commander';
import { usageError } from '../errors.js';

/** What the command line of `selfheal fix` says, as commander gives it. */
export interface FixFlags {
  readonly cwd?: string;
  /** Seconds. */
  readonly timeout: number;
  readonly maxAttempts: number;
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly files?: readonly string[];
  readonly allowTests?: boolean;
  readonly force?: boolean;
  /** False: earlier heals are neither used nor is this one remembered. */
  readonly memory?: boolean;
}

/** Longer would not fit a timer; about three weeks. */
const MAX_SECONDS = 2_000_000;

/** `--timeout`. @throws InvalidArgumentError for commander, which names the option */
export function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0 || value > MAX_SECONDS) {
    throw new InvalidArgumentError(`It takes a number of seconds, such as 300 (more than 0, at most ${MAX_SECONDS}).`);
  }
  return value;
}

/** `--max-attempts`. @throws InvalidArgumentError */
export function attempts(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < 1 || value > 1000) {
    throw new InvalidArgumentError('It takes a whole number from 1 to 1000, such as 5.');
  }
  return value;
}

/** `--files`, which may be repeated. @throws InvalidArgumentError */
export function glob(text: string, before: readonly string[] = []): string[] {
  const pattern = text.trim().replace(/^\.\//, '');
  if (!pattern) throw new InvalidArgumentError("It takes a pattern, such as 'src/**/*.js'.");
  if (pattern.startsWith('/') || pattern.split('/').includes('..')) {
    throw new InvalidArgumentError("It takes a pattern relative to the directory that is healed, such as 'src/**/*.js'.");
  }
  return [...before, pattern];
}

/** The command after `--`. @throws CommandError when there is none */
export function checkedCommand(command: readonly string[]): readonly [string, ...string[]] {
  const [program, ...args] = command;
  if (!program?.trim()) {
    throw usageError('fix: no command given. Say after -- which command fails: selfheal fix [options] -- npm test');
  }
  if (command.some((word) => word.includes('\0'))) throw usageError('fix: the command has a NUL character in it');
  return [program, ...args];
}
