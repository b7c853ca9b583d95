import { realpath, stat } from 'node:fs/promises';
import { matchesGlob, resolve } from 'node:path';
import { usageError } from '../errors.js';
import { printable } from '../output/printable.js';
import { type GitState, gitStateOf } from './git-state.js';
import type { FixFlags } from './options.js';

/** The directory that is healed, checked. */
export interface WorkTreeAtStart {
  /** Absolute, without symbolic links. */
  readonly root: string;
  /** Undefined: nothing tracks it. */
  readonly git: GitState | undefined;
}

/** So many of a list are named. */
const SHOWN = 10;

/** Checks what the options say about the directory. @throws CommandError (2) that names the option and the way out */
export async function openWorkTree(flags: FixFlags, signal: AbortSignal): Promise<WorkTreeAtStart> {
  const root = await directoryOf(flags.cwd);
  const git = await gitStateOf(root, signal);
  if (git && git.changes.length > 0 && !flags.force) {
    const shown = git.changes.slice(0, SHOWN).map(({ code, path }) => `  ${code} ${printable(path)}`);
    const more = git.changes.length - shown.length;
    throw usageError(
      [
        'fix: there are changes that are not committed, and a heal must not be mixed with them:',
        ...shown,
        ...(more > 0 ? [`  and ${more} more`] : []),
        'Commit or stash them, or say --force to heal the work tree as it is.',
      ].join('\n'),
    );
  }
  await filesMatch(root, flags.files, signal);
  return { root, git };
}

async function directoryOf(cwd = '.'): Promise<string> {
  const path = resolve(cwd);
  const info = await stat(path).catch(() => undefined);
  if (!info) throw usageError(`fix: --cwd: there is no directory ${printable(path)}`);
  if (!info.isDirectory()) throw usageError(`fix: --cwd: ${printable(path)} is not a directory`);
  return realpath(path);
}

async function filesMatch(root: string, globs: readonly string[] | undefined, signal: AbortSignal): Promise<void> {
  if (!globs) return;
  const { listFiles } = await import('@selfheal/repair');
  const { paths } = await listFiles(root, signal);
  for (const glob of globs) {
    if (paths.some((path) => matchesGlob(path, glob))) continue;
    throw usageError(
      `fix: --files: ${printable(JSON.stringify(glob))} matches no file of ${printable(root)} that git does not ignore. ` +
        "Patterns are relative to that directory; quote them for the shell, as in --files 'src/**/*.js'.",
    );
  }
}
