#!/usr/bin/env node
/**
 * Runs on any Node.js >= 18 and starts selfheal under Node.js 24: in this process when it is that new, else under the
 * one that npm installed beside selfheal. The environment is passed on as it is, so a command that selfheal runs for
 * its user finds the user's own node. Plain JavaScript and Node's own modules only.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import module, { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NEEDED = 24;
const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));

const give = (message) => {
  process.stderr.write(`selfheal: ${message}\n`);
  process.exit(1);
};

/** The newer Node.js beside us, or undefined. */
function installedNode() {
  try {
    const manifest = createRequire(import.meta.url).resolve('node/package.json');
    if (Number.parseInt(JSON.parse(readFileSync(manifest, 'utf8')).version, 10) < NEEDED) return undefined;
    const program = join(dirname(manifest), 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    return existsSync(program) ? program : undefined;
  } catch {
    return undefined;
  }
}

function startUnder(node) {
  // Over the IPC channel selfheal notices that we are gone, even by kill -9.
  const child = spawn(node, [MAIN, ...process.argv.slice(2)], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => give(`could not start Node.js ${NEEDED} (${node}): ${error.message}`));
  child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : code));
}

if (!existsSync(MAIN)) give('not built yet: run `npm run build` where selfheal is checked out');
if (Number.parseInt(process.versions.node, 10) >= NEEDED) {
  module.enableCompileCache();
  await import(MAIN);
} else {
  const node = installedNode();
  if (!node) {
    give(
      `needs Node.js >= ${NEEDED}, this is ${process.versions.node}, and the one that npm should have installed is not there: ` +
        'run `npm ci` where selfheal is checked out (npm may ask you to allow the install script of the package `node`), or use a newer Node.js',
    );
  }
  startUnder(node);
}
