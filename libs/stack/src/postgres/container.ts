import { randomBytes } from 'node:crypto';
import { createDatabase } from './create-database.js';
import type { Postgres } from './types.js';

const IMAGE = 'postgres:18';

/** A Postgres in a container. Its data lives as long as the container. */
export async function startPostgresContainer(): Promise<Postgres> {
  const { GenericContainer, Wait } = await import('testcontainers');
  const password = randomBytes(18).toString('hex');
  const container = await new GenericContainer(IMAGE)
    .withEnvironment({ POSTGRES_PASSWORD: password })
    .withCommand(['postgres', '-c', 'max_connections=400'])
    .withExposedPorts(5432)
    // Over TCP: while the image initialises, its first server listens on a socket file only.
    .withHealthCheck({
      test: ['CMD', 'pg_isready', '--host', '127.0.0.1', '--username', 'postgres'],
      interval: 250,
      timeout: 1_000,
      retries: 240,
    })
    .withWaitStrategy(Wait.forHealthCheck())
    .start();
  const url = `postgresql://postgres:${password}@${container.getHost()}:${container.getMappedPort(5432)}/postgres`;
  return { url, createDatabase: (name) => createDatabase(url, name), stop: async () => void (await container.stop()) };
}
