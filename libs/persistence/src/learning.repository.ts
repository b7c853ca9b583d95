import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { LearnedFixes, LearningRecord, Tally } from '@selfheal/contracts';
import { DataSource } from 'typeorm';
import { FixOutcome } from './entities/fix-outcome.entity.js';
import { learnedFrom } from './learned-from.js';

/** Outcomes that are looked at for one fingerprint, the latest. */
const MOST_OUTCOMES = 400;
/** Names that a record holds, the most used. */
const MOST_NAMES = 500;

/** What heals have taught, in Postgres. Written with the projection of each heal ({@link HealRepository}); here it is read. */
@Injectable()
export class LearningRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * How playbooks and templates have done in heals that have ended: an open one must not count against itself. A playbook is judged by
   * heal: it was right if any of its patches healed. A template is judged by patch.
   */
  async record(): Promise<LearningRecord> {
    const tallies = async (sql: string): Promise<Record<string, Tally>> => {
      const rows: { name: string; proven: number; failed: number }[] = await this.dataSource.query(sql, [MOST_NAMES]);
      return Object.fromEntries(rows.map(({ name, proven, failed }) => [name, { proven, failed }]));
    };
    const counts = `count(*) FILTER (WHERE healed)::int AS proven, count(*) FILTER (WHERE NOT healed)::int AS failed`;
    const ended = 'fix_outcome JOIN trace USING (trace_id) WHERE ended_at IS NOT NULL';
    const playbooks = await tallies(
      `SELECT playbook AS name, ${counts}
       FROM (SELECT trace_id, playbook, bool_or(outcome = 'healed') AS healed FROM ${ended} GROUP BY trace_id, playbook) AS heal
       GROUP BY playbook ORDER BY count(*) DESC, playbook LIMIT $1`,
    );
    const templates = await tallies(
      `SELECT template AS name, ${counts}
       FROM (SELECT template, outcome = 'healed' AS healed FROM ${ended}) AS patch
       GROUP BY template ORDER BY count(*) DESC, template LIMIT $1`,
    );
    return { playbooks, templates };
  }

  /** What was tried for a fingerprint. */
  async fixesOf(fingerprint: string): Promise<LearnedFixes> {
    const rows = await this.dataSource
      .getRepository(FixOutcome)
      .find({ where: { fingerprint }, order: { at: 'DESC', candidate: 'ASC' }, take: MOST_OUTCOMES });
    return learnedFrom(rows);
  }

  /** Fingerprints that something was learned for, the latest `limit`. */
  async fingerprints(limit: number): Promise<string[]> {
    const rows: { fingerprint: string }[] = await this.dataSource.query(
      'SELECT fingerprint FROM fix_outcome GROUP BY fingerprint ORDER BY max(at) DESC LIMIT $1',
      [limit],
    );
    return rows.map(({ fingerprint }) => fingerprint);
  }
}
