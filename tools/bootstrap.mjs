/**
 * From a fresh clone to a running command, with nothing but Node >= 20, npm and git: `node tools/bootstrap.mjs COMMAND …`.
 * Installs (Node 24 comes through npm), builds what changed, then runs COMMAND under Node 24. Plain JavaScript and
 * Node's own modules only, since it runs before anything is installed.
 */
import { build } from './bootstrap/build.mjs';
import { check } from './bootstrap/check.mjs';
import { install } from './bootstrap/install.mjs';
import { preflight } from './bootstrap/preflight.mjs';
import { Failed } from './bootstrap/process.mjs';
import { run } from './bootstrap/run.mjs';
import { needForTests } from './bootstrap/system-packages.mjs';

const USAGE = `usage: node tools/bootstrap.mjs COMMAND [arguments]
  demo         break the shop and heal it (--fault NAME, --all, --keep, --json, --list)
  test         every test; arguments go to jest
  check        formatting, types, boundaries, unused exports
  bench:heal   p50 and p99 of each stage over many heals (--heals N, --json)
  bench:fix    heal a folder of bugs and judge the patches (--suite DIR, --filter GLOB, --limit N, --json)
  build        install and build only
  COMMAND      any other command of the selfheal CLI`;

const CLI = 'apps/cli/dist/main.js';
const JEST = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
/** Scripts of package.json that the CLI knows by another name. */
const SCRIPTS = { 'bench:heal': 'bench', 'bench:fix': 'bench-fix' };
const [command, ...args] = process.argv.slice(2);

async function main() {
  if (!command || command === 'help' || command === '--help') {
    console.log(USAGE);
    return command ? 0 : 2;
  }
  preflight();
  await install();
  if (command === 'check') return check();
  await build();
  if (command === 'build') return 0;
  if (command === 'test') {
    await needForTests();
    return run([...JEST, ...args]);
  }
  return run([CLI, SCRIPTS[command] ?? command, ...args], { ipc: true });
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof Failed)) throw error;
  console.error(error.message);
  process.exitCode = error.code;
}
