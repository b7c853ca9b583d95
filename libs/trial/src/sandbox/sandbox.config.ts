import { delimiter, dirname, join } from 'node:path';

/**
 * The whole environment of what runs in a sandbox: a path, a home of its own and what the target's `start.env` says.
 * Nothing else of ours is inherited: no secrets, no `NATS_URL` (so an emitter in the target stays off).
 */
export function sandboxEnvironment(dir: string, home: string, given: Readonly<Record<string, string>> = {}): Record<string, string> {
  const path = [dirname(process.execPath), join(dir, 'node_modules', '.bin'), process.env.PATH ?? ''].join(delimiter);
  return { PATH: path, HOME: home, TMPDIR: home, ...given, SELFHEAL_SANDBOX: '1' };
}
