import { execFileSync } from 'node:child_process';
import { chownSync } from 'node:fs';
import { which } from '../which.js';

/** How to run a program that refuses to run as root. */
export interface RunAs {
  /** The command that runs `program` with `args`. */
  wrap(program: string, args: readonly string[]): { command: string; args: string[] };
  /** Gives it a file or a directory. */
  own(path: string): void;
}

/** Capabilities that let it through directories that only root may enter (a clone below /root, a `mktemp -d`). */
const CAPABILITIES = '+dac_override,+dac_read_search';

/**
 * Postgres refuses to run as root. As root it runs as the user `postgres`, or `nobody` where there is none, by
 * setpriv(1) of util-linux; otherwise as ourselves.
 */
export function unprivileged(): RunAs {
  if (process.getuid?.() !== 0) return { wrap: (command, args) => ({ command, args: [...args] }), own: () => undefined };
  const { user, uid, gid } = id('postgres') ?? id('nobody') ?? { user: 'nobody', uid: 65_534, gid: 65_534 };
  const setpriv = which('setpriv') ?? 'setpriv';
  const flags = ['--clear-groups', `--inh-caps=${CAPABILITIES}`, `--ambient-caps=${CAPABILITIES}`, '--securebits=+no_setuid_fixup'];
  return {
    wrap: (program, args) => ({ command: setpriv, args: [`--reuid=${user}`, `--regid=${gid}`, ...flags, program, ...args] }),
    own: (path) => chownSync(path, uid, gid),
  };
}

function id(user: string): { user: string; uid: number; gid: number } | undefined {
  try {
    const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, user], { encoding: 'utf8', stdio: 'pipe' })));
    return uid === undefined || gid === undefined ? undefined : { user, uid, gid };
  } catch {
    return undefined;
  }
}
