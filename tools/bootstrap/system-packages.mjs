import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { Failed } from './process.mjs';
import { quietly } from './progress.mjs';

/** Programs that the tests start and no npm package carries: any one of `programs` will do, `instead` where nothing can be installed. */
const NEEDED = [
  {
    what: 'a NATS server',
    programs: ['nats-server'],
    instead: ['docker'],
    debian: 'nats-server',
    otherwise: 'install nats-server (macOS: brew install nats-server) or a container engine',
  },
  {
    what: 'a Chromium browser for the end-to-end test of the UI',
    programs: ['chromium', 'chromium-browser', 'google-chrome'],
    instead: [],
    debian: 'chromium',
    otherwise: 'install chromium (Debian: sudo apt-get install -y chromium)',
  },
];

/** Installs what the tests need and is missing, as root on Debian. @throws Failed that says what to install */
export async function needForTests() {
  const missing = NEEDED.filter(({ programs }) => !programs.some(onPath));
  if (missing.length === 0) return;
  if (!onPath('apt-get') || process.getuid?.() !== 0) {
    const lacking = missing.filter(({ instead }) => !instead.some(onPath));
    if (lacking.length === 0) return;
    throw new Failed(lacking.map(({ what, otherwise }) => `${what} is needed: ${otherwise}`).join('\n'));
  }
  const packages = missing.map(({ debian }) => debian);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (what, args) => quietly(what, 'apt-get', ['-q', '-y', '-o', 'DPkg::Lock::Timeout=120', ...args], { env, announce: true });
  await apt('refreshing the package lists', ['update']);
  await apt(`installing ${packages.join(', ')}`, ['install', '--no-install-recommends', ...packages]);
}

function onPath(program) {
  return [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/usr/local/sbin'].some((dir) => {
    try {
      accessSync(join(dir, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
