import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { childEnv } from './config.js';
import { which } from './which.js';

const run = promisify(execFile);

/** Whether this machine lets us install a Debian package: apt-get is there and we are root. */
export const aptUsable = (): boolean => process.getuid?.() === 0 && which('apt-get') !== undefined;

/** Installs a Debian package. Returns whether the program is there afterwards; never throws. */
export async function aptInstall(pack: string, program: string): Promise<boolean> {
  const apt = (...args: string[]) =>
    run('apt-get', ['-q', '-y', '-o', 'DPkg::Lock::Timeout=120', ...args], { env: childEnv({ DEBIAN_FRONTEND: 'noninteractive' }) });
  const install = () => apt('install', '--no-install-recommends', pack);
  await install()
    .catch(async () => {
      await apt('update');
      await install();
    })
    .catch(() => undefined);
  return which(program) !== undefined;
}
