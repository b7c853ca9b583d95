import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startPostgres } from './start.js';
import type { Postgres } from './types.js';

const query = async (url: string, text: string) => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
};

describe('startPostgres', () => {
  let dir: string;
  let postgres: Postgres;
  beforeAll(async () => {
    // A directory that only its owner may enter, as mkdtemp makes them: root's Postgres must get through all the same.
    dir = await mkdtemp(join(tmpdir(), 'selfheal-pg-spec-'));
    postgres = await startPostgres({ dir, durable: false, allowExternal: false });
  }, 60_000);
  afterAll(async () => {
    await postgres.stop();
    await rm(dir, { recursive: true, force: true });
  });

  it('creates databases that know nothing of each other, and leaves one that is there as it is', async () => {
    const one = await postgres.createDatabase('one');
    const two = await postgres.createDatabase('two "quoted"');
    await query(one, 'create table kept (n int)');
    expect(await postgres.createDatabase('one')).toBe(one);
    expect(await query(one, "select to_regclass('kept') is not null as there")).toEqual([{ there: true }]);
    expect(await query(two, "select to_regclass('kept') is not null as there")).toEqual([{ there: false }]);
  });

  it('uses an initialised directory again', async () => {
    const url = await postgres.createDatabase('again');
    await query(url, 'create table kept as select 42 as answer');
    await postgres.stop();
    postgres = await startPostgres({ dir, durable: false, allowExternal: false });
    expect(await query(await postgres.createDatabase('again'), 'select answer from kept')).toEqual([{ answer: 42 }]);
  }, 60_000);

  it('asks for a password', async () => {
    const url = new URL(postgres.url);
    url.password = 'wrong';
    await expect(query(url.href, 'select 1')).rejects.toThrow(/password authentication failed/);
  });
});
