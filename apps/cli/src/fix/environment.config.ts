import { delimiter, join } from 'node:path';

/** The programs that npm installed for selfheal's own checkout, Node.js 24 among them. */
const OWN_PROGRAMS = join(import.meta.dirname, '..', '..', '..', '..', 'node_modules', '.bin');

/**
 * `npm run` and `npx` in selfheal's own checkout put its programs first on PATH. A command that is healed elsewhere must
 * find its user's node and not ours: this takes them out of `path`.
 */
export const withoutOwnPrograms = (path: string, own = OWN_PROGRAMS): string =>
  path
    .split(delimiter)
    .filter((folder) => folder !== own && folder !== `${own}/`)
    .join(delimiter);

/** Sets PATH for the commands that we run in `root`, unless `root` is selfheal's own checkout. */
export function useUsersPath(root: string): void {
  const checkout = join(OWN_PROGRAMS, '..', '..');
  if (root === checkout || root.startsWith(`${checkout}/`)) return;
  if (process.env.PATH) process.env.PATH = withoutOwnPrograms(process.env.PATH);
}

/** PATH as a user has it, for `selfheal` in a process of its own. */
export const usersEnvironment = (): NodeJS.ProcessEnv => ({ ...process.env, PATH: withoutOwnPrograms(process.env.PATH ?? '') });
