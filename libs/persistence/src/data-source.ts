import { DataSource, type DataSourceOptions } from 'typeorm';
import { AuditRow } from './entities/audit-row.entity.js';
import { FixOutcome } from './entities/fix-outcome.entity.js';
import { HealEvent } from './entities/heal-event.entity.js';
import { Step } from './entities/step.entity.js';
import { Trace } from './entities/trace.entity.js';
import { lockMigrations, unlockMigrations } from './locks.js';
import { Heals1764000000000 } from './migrations/1764000000000-heals.js';
import { Learning1765000000000 } from './migrations/1765000000000-learning.js';

/**
 * How to reach the database: `postgres://user:password@host:port/database`. Never synchronises the schema and never migrates by
 * itself: {@link migrate} does.
 */
export const dataSourceOptions = (databaseUrl: string): DataSourceOptions => ({
  type: 'postgres',
  url: databaseUrl,
  applicationName: 'selfheal',
  entities: [HealEvent, Trace, Step, AuditRow, FixOutcome],
  migrations: [Heals1764000000000, Learning1765000000000],
  migrationsTableName: 'selfheal_migrations',
  migrationsTransactionMode: 'each',
  synchronize: false,
  installExtensions: false,
  connectTimeoutMS: 5000,
});

/** Runs what is pending, once, however many replicas start together: the others wait for the lock and find nothing to do. */
export async function migrate(dataSource: DataSource): Promise<void> {
  const session = dataSource.createQueryRunner();
  try {
    await lockMigrations(session);
    try {
      await dataSource.runMigrations();
    } finally {
      await unlockMigrations(session);
    }
  } finally {
    await session.release();
  }
}

/** Opens the database, and with `migrate` brings its schema up to date. Closes what it opened when that fails. */
export async function openDatabase(options: DataSourceOptions, how: { migrate: boolean }): Promise<DataSource> {
  const dataSource = await new DataSource(options).initialize();
  if (!how.migrate) return dataSource;
  try {
    await migrate(dataSource);
    return dataSource;
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
}
