import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { childEnv } from '../config.js';
import { freePort } from '../port.js';
import { spawnProcess } from '../process/spawn.js';
import { type RunAs, unprivileged } from './as-user.js';
import type { PostgresBinaries } from './binaries.js';
import { createDatabase } from './create-database.js';
import type { Postgres, PostgresOptions } from './types.js';

const run = promisify(execFile);
const READY = /database system is ready to accept connections/;
/** The readiness line is looked for in English whatever the machine speaks. */
const ENV = childEnv({ LC_ALL: 'C', TZ: 'UTC', PGDATA: undefined, PGPORT: undefined, PGHOST: undefined });

/** A Postgres of our own on a free port of the loopback interface. @throws ProcessError */
export async function startLocalPostgres(binaries: PostgresBinaries, { dir, durable = true }: PostgresOptions): Promise<Postgres> {
  const as = unprivileged();
  const data = join(dir, 'data');
  const password = await initialise(binaries, as, dir, data);
  const port = await freePort();
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 400,
    shared_buffers: '64MB',
    // A database that is thrown away need not survive a power cut; one that is kept does.
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = await spawnProcess({
    name: 'postgres',
    ...as.wrap(binaries.postgres, ['-D', data, ...flags]),
    env: ENV,
    cwd: '/',
    logFile: join(dir, 'postgres.log'),
    ready: { log: READY },
    // Fast shutdown: open connections are closed (pg_ctl(1)).
    stopSignal: 'SIGINT',
    graceMs: 10_000,
  });
  const url = `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;
  return { url, pid: server.pid, createDatabase: (name) => createDatabase(url, name), stop: () => server.stop() };
}

/** Makes the cluster unless it is there, and returns its superuser's password. */
async function initialise({ initdb }: PostgresBinaries, as: RunAs, dir: string, data: string): Promise<string> {
  const passwordFile = join(dir, 'password');
  const done = join(dir, 'initialised');
  if (existsSync(done)) return (await readFile(passwordFile, 'utf8')).trim();
  // What an interrupted initialisation left.
  await rm(data, { recursive: true, force: true });
  await mkdir(data, { recursive: true, mode: 0o700 });
  as.own(data);
  const password = randomBytes(18).toString('hex');
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  as.own(passwordFile);
  const args = [`--pgdata=${data}`, '--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8'];
  const { command, args: wrapped } = as.wrap(initdb, [...args, '--no-locale', '--no-sync', '--no-instructions']);
  await run(command, wrapped, { env: ENV, cwd: '/' });
  await writeFile(done, '');
  return password;
}
