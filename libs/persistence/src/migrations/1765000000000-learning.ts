import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What became of each patch, for later heals to learn from. */
export class Learning1765000000000 implements MigrationInterface {
  readonly name = 'Learning1765000000000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`CREATE TABLE "fix_outcome" (
      "trace_id" character(32) NOT NULL REFERENCES "trace" ON DELETE CASCADE,
      "candidate" character(64) NOT NULL,
      "fingerprint" character(64) NOT NULL,
      "target" text NOT NULL,
      "playbook" text NOT NULL,
      "template" text NOT NULL,
      "outcome" text NOT NULL,
      "shape" character(64) NOT NULL,
      "diff" text,
      "at" timestamptz(3) NOT NULL,
      PRIMARY KEY ("trace_id", "candidate")
    )`);
    await db.query(`CREATE INDEX "fix_outcome_fingerprint" ON "fix_outcome" ("fingerprint", "at" DESC)`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP TABLE "fix_outcome"`);
  }
}
