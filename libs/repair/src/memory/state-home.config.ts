import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** Where programs keep what they would be sorry to lose (XDG Base Directory Specification 0.8); a relative value does not count. */
export function stateHome(): string {
  const { XDG_STATE_HOME: home } = process.env;
  return home && isAbsolute(home) ? home : join(homedir(), '.local', 'state');
}
