import { execFile } from 'node:child_process';
import { realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import { gitEnvironment } from './git.config.js';

/** Enough for the largest snapshot (see snapshot.ts) with its headers. */
const MAX_OUTPUT_BYTES = 96 * 1024 * 1024;

/**
 * Settings that a repository's own configuration must not override: nothing of the repository runs as a command,
 * nothing is signed or garbage-collected behind our back. The caller named the repository, so its owner does not matter.
 */
const SETTINGS = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'commit.gpgSign=false',
  'gc.auto=0',
  'maintenance.auto=false',
  'core.quotePath=false',
  'protocol.ext.allow=never',
  'advice.detachedHead=false',
  'safe.directory=*',
].flatMap((setting) => ['-c', setting]);

/** A git command that ended with an error. */
export class GitError extends Error {
  override readonly name: string = 'GitError';
  constructor(
    readonly args: readonly string[],
    /** Exit code; `undefined` when git could not be started or was killed. */
    readonly exitCode: number | undefined,
    /** What git wrote to stderr, at most 4000 characters. */
    readonly stderr: string,
    options?: ErrorOptions,
  ) {
    super(`git ${args[0] ?? ''} failed${exitCode === undefined ? '' : ` (exit ${exitCode})`}: ${stderr.trim().slice(0, 1000)}`, options);
  }
}

export interface GitOptions {
  /** Written to git's stdin. */
  readonly input?: string | Uint8Array;
  /** Added to the closed environment that git runs in. */
  readonly env?: Readonly<Record<string, string>>;
  /** Kills git when it fires; the call then rejects with an `AbortError`. */
  readonly signal?: AbortSignal;
}

/**
 * Runs git in `cwd`, the top of a work tree, and gives its stdout as text. No shell, no hooks, no user or system
 * configuration. A caller that passes paths puts `--` before them.
 * @throws {GitError} when git exits with anything but 0.
 */
export async function git(cwd: string, args: readonly string[], options: GitOptions = {}): Promise<string> {
  return (await gitBytes(cwd, args, options)).toString('utf8');
}

/** As {@link git}, with stdout as bytes. */
export async function gitBytes(cwd: string, args: readonly string[], { input, env, signal }: GitOptions = {}): Promise<Buffer> {
  const closed = { ...gitEnvironment(dirname(await realpath(cwd))), ...env };
  return await new Promise((resolve, reject) => {
    const options = { cwd, env: closed, signal, encoding: 'buffer' as const, maxBuffer: MAX_OUTPUT_BYTES, windowsHide: true };
    const child = execFile('git', [...SETTINGS, ...args], options, (error, stdout, stderr) => {
      if (!error) return resolve(stdout);
      if (error.name === 'AbortError') return reject(error);
      const exitCode = typeof error.code === 'number' ? error.code : undefined;
      const said = stderr.toString('utf8').slice(-4000) || error.message;
      reject(new GitError(args, exitCode, said, { cause: error }));
    });
    // git may exit before it has read everything; its exit code says what went wrong, not the broken pipe.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}
