/** Postgres advisory locks: two 32-bit keys, the first one of these classes (PostgreSQL manual, section 13.3.5). */
import type { EntityManager, QueryRunner } from 'typeorm';

const CLASS = { migrations: 7_301, trace: 7_302, audit: 7_303 } as const;

/** Only one transaction at a time works on a heal. Two heals that share a lock by their hash only wait for each other. */
export const lockTrace = (db: EntityManager, traceId: string): Promise<unknown> =>
  db.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [CLASS.trace, traceId]);

/** The chain has one end. Taken last in a transaction and held until it commits, so that links commit in their order. */
export const lockAudit = (db: EntityManager): Promise<unknown> => db.query('SELECT pg_advisory_xact_lock($1, 0)', [CLASS.audit]);

/** Held by the session of `db` until {@link unlockMigrations}, or until the session dies. */
export const lockMigrations = (db: QueryRunner): Promise<unknown> => db.query('SELECT pg_advisory_lock($1, 0)', [CLASS.migrations]);
export const unlockMigrations = (db: QueryRunner): Promise<unknown> => db.query('SELECT pg_advisory_unlock($1, 0)', [CLASS.migrations]);
