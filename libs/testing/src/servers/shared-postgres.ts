import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { testingConfig } from '../config.js';

const answer = z.union([z.object({ url: z.string() }), z.object({ error: z.string() })]);

/** The URL of the Postgres that all spec files of this run share. The first who asks has it started. */
export async function sharedPostgresUrl(): Promise<string> {
  const { SELFHEAL_TEST_POSTGRES: path } = testingConfig();
  if (!path) throw new Error('no shared Postgres: run specs by the root jest.config.mjs, whose global setup offers one');
  const socket = connect(path);
  await once(socket, 'connect');
  const told = answer.parse(JSON.parse(await text(socket)));
  if ('error' in told) throw new Error(told.error);
  return told.url;
}
