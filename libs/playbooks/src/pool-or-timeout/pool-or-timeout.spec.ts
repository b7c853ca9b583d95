import { describe, expect, it } from '@jest/globals';
import { heal } from '../shared/case.js';
import { poolOrTimeout } from './index.js';

const slow = { route: 'GET /a', duration_ms: 900, objective_ms: 300 };
const wrap = (head: string, body = 'return all();') => `${head}\napp.get('/a', async () => {\n  ${body}\n});\n`;
const run = (text: string) => heal(poolOrTimeout, { files: { 'a.js': text }, failure: slow });

describe('pool-or-timeout', () => {
  it.each([
    // github.com/TryGhost/ActivityPub/pull/164 and github.com/dailydotdev/daily-api/pull/2341: requests stalled on a small pool.
    ['const pool = new Pool({ connectionString, max: 1 });', 'const pool = new Pool({ connectionString, max: 10 });'],
    ['const db = knex({ pool: { min: 0, max: 2 } });', 'const db = knex({ pool: { min: 0, max: 10 } });'],
    ['const db = mysql.createPool({ connectionLimit: 1 });', 'const db = mysql.createPool({ connectionLimit: 10 });'],
    ['const POOL_SIZE = 1;', 'const POOL_SIZE = 10;'],
    ['const limit = pLimit(1);', 'const limit = pLimit(10);'],
  ])('widens a pool: %s', (before, after) => {
    expect(run(wrap(before)).after[0]).toBe(wrap(after));
  });

  it.each([
    // github.com/dmuth/IsSeptaFcked/issues/37 and github.com/astral-sh/setup-uv/pull/894: a fetch without a limit hangs.
    ['fetch(url)', 'fetch(url, { signal: AbortSignal.timeout(150) })'],
    ["fetch(url, { method: 'POST' })", "fetch(url, { method: 'POST', signal: AbortSignal.timeout(150) })"],
    ['fetch(url, { signal: AbortSignal.timeout(30_000) })', 'fetch(url, { signal: AbortSignal.timeout(150) })'],
    ['axios.get(url, { timeout: 5000 })', 'axios.get(url, { timeout: 150 })'],
  ])('gives up in time: %s', (before, after) => {
    const body = (call: string) => `try {\n    return await ${call};\n  } catch {\n    return [];\n  }`;
    expect(run(wrap('', body(before))).after[0]).toBe(wrap('', body(after)));
  });

  it.each([
    ['a number of something else', wrap('const max = 1;')],
    ['a page', wrap('', 'return list({ limit: 1 });')],
    ['a pool of enough', wrap('const pool = new Pool({ max: 20 });')],
    ['a fetch with a signal', wrap('', 'return fetch(url, { signal });')],
    ["the project's own fetch", wrap('const fetch = () => 1;', 'return fetch(url);')],
  ])('leaves alone %s', (_name, text) => {
    expect(run(text).diagnosis).toBeNull();
  });
});
