import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The projection of heals and the audit chain. */
export class Heals1764000000000 implements MigrationInterface {
  readonly name = 'Heals1764000000000';

  async up(db: QueryRunner): Promise<void> {
    for (const statement of UP) await db.query(statement);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const statement of DOWN) await db.query(statement);
  }
}

const UP = [
  `CREATE TABLE "heal_event" (
    "subject" text PRIMARY KEY,
    "seq" bigint NOT NULL,
    "trace_id" character(32) NOT NULL,
    "type" text NOT NULL,
    "attempt" integer NOT NULL,
    "at" timestamptz(3) NOT NULL,
    "envelope" json NOT NULL
  )`,
  `CREATE INDEX "heal_event_trace" ON "heal_event" ("trace_id", "seq")`,
  `CREATE TABLE "trace" (
    "trace_id" character(32) PRIMARY KEY,
    "target" text NOT NULL,
    "status" text NOT NULL,
    "fingerprint" character(64) NOT NULL,
    "attempt" integer NOT NULL,
    "view" jsonb NOT NULL,
    "expired" jsonb NOT NULL DEFAULT '[]',
    "deadline_at" timestamptz(3),
    "deadline_step" text,
    "deadline_attempt" integer,
    "created_at" timestamptz(3) NOT NULL,
    "updated_at" timestamptz(3) NOT NULL,
    "ended_at" timestamptz(3),
    "last_seq" bigint NOT NULL
  )`,
  `CREATE INDEX "trace_created" ON "trace" ("created_at" DESC, "trace_id" DESC)`,
  `CREATE INDEX "trace_fingerprint" ON "trace" ("fingerprint")`,
  `CREATE INDEX "trace_deadline" ON "trace" ("deadline_at") WHERE "deadline_at" IS NOT NULL`,
  `CREATE INDEX "trace_open" ON "trace" ("trace_id") WHERE "status" NOT IN ('HEALED', 'ESCALATED')`,
  `CREATE TABLE "step" (
    "trace_id" character(32) NOT NULL REFERENCES "trace" ON DELETE CASCADE,
    "name" text NOT NULL,
    "attempt" integer NOT NULL,
    "status" text NOT NULL,
    "started_at" timestamptz(3) NOT NULL,
    "ended_at" timestamptz(3),
    "duration_ms" double precision,
    "detail" text NOT NULL,
    PRIMARY KEY ("trace_id", "name", "attempt")
  )`,
  `CREATE TABLE "audit_entry" (
    "position" bigint PRIMARY KEY,
    "trace_id" character(32) NOT NULL,
    "subject" text NOT NULL UNIQUE,
    "seq" bigint NOT NULL,
    "actor" text NOT NULL,
    "action" text NOT NULL,
    "detail" text NOT NULL,
    "at" timestamptz(3) NOT NULL,
    "prev_hash" character(64) NOT NULL,
    "hash" character(64) NOT NULL
  )`,
  `CREATE INDEX "audit_entry_trace" ON "audit_entry" ("trace_id")`,
  `CREATE FUNCTION "audit_entry_refuse"() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'audit_entry is append-only: % refused', TG_OP USING ERRCODE = 'insufficient_privilege'; END $$`,
  `CREATE TRIGGER "audit_entry_append_only" BEFORE UPDATE OR DELETE ON "audit_entry"
    FOR EACH ROW EXECUTE FUNCTION "audit_entry_refuse"()`,
  `CREATE TRIGGER "audit_entry_no_truncate" BEFORE TRUNCATE ON "audit_entry"
    FOR EACH STATEMENT EXECUTE FUNCTION "audit_entry_refuse"()`,
];

const DOWN = [
  `DROP TABLE "audit_entry"`,
  `DROP FUNCTION "audit_entry_refuse"()`,
  `DROP TABLE "step"`,
  `DROP TABLE "trace"`,
  `DROP TABLE "heal_event"`,
];
