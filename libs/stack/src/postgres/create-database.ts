import pg from 'pg';

/** SQLSTATE of CREATE DATABASE for a name that is taken, and of two that create it at once. */
const TAKEN = new Set(['42P04', '23505']);

/** Creates database `name` on the server of `url` unless it is there, and returns its URL. */
export async function createDatabase(url: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError && TAKEN.has(error.code ?? ''))) throw error;
  } finally {
    await client.end();
  }
  const created = new URL(url);
  created.pathname = `/${encodeURIComponent(name)}`;
  return created.href;
}
