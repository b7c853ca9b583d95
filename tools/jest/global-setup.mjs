/**
 * Offers the run's Postgres on a socket and starts it when the first spec asks: a run of unit specs pays nothing.
 * Spec files share the server and get a database each (`usePostgres` of libs/testing).
 */
import { fork } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ENTRY = fileURLToPath(new URL('../../libs/testing/src/servers/postgres-main.ts', import.meta.url));
const RUN_SOURCE = new URL('../run-source.mjs', import.meta.url).href;

export default async function globalSetup() {
  const dir = mkdtempSync(join(tmpdir(), 'selfheal-test-'));
  const run = { dir, server: undefined, postgres: undefined };
  let url;
  const start = () =>
    new Promise((resolve) => {
      const child = fork(ENTRY, [join(dir, 'postgres')], {
        execArgv: ['--import', RUN_SOURCE],
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      run.postgres = child;
      child.once('message', resolve);
      child.once('exit', (code) => resolve({ error: `the shared Postgres ended with code ${code}` }));
    });
  run.server = createServer((socket) => {
    url ??= start();
    socket.on('error', () => undefined);
    url.then((told) => socket.end(JSON.stringify(told)));
  });
  const path = join(dir, 'postgres.sock');
  await new Promise((resolve) => run.server.listen(path, resolve));
  process.env.SELFHEAL_TEST_POSTGRES = path;
  globalThis.__selfhealTestRun = run;
}
