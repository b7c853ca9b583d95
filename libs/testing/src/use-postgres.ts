import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll } from '@jest/globals';
import { createDatabase } from '@selfheal/stack';
import pg from 'pg';
import { sharedPostgresUrl } from './servers/shared-postgres.js';

export interface TestPostgres {
  /** Of an empty database that only this spec file has. */
  readonly url: string;
}

/** A fresh database on the run's shared Postgres. Call it at the top of a file or a describe; dropped when that is done. */
export function usePostgres(): TestPostgres {
  let url: string | undefined;
  let server = '';
  const name = `spec_${randomBytes(8).toString('hex')}`;
  beforeAll(async () => {
    server = await sharedPostgresUrl();
    url = await createDatabase(server, name);
  }, 120_000);
  afterAll(async () => {
    if (!url) return;
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await client.end();
  });
  return {
    get url() {
      if (!url) throw new Error('usePostgres: the database is there in hooks and tests, not while specs are being collected');
      return url;
    },
  };
}
