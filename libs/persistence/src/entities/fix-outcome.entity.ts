import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { CandidateEnd } from '../outcomes.js';
import { INSTANT } from './columns.js';

/** What became of one patch of one heal: what later heals learn from. A projection of the heal's events, like its trace. */
@Entity('fix_outcome')
@Index(['fingerprint', 'at'])
export class FixOutcome {
  @PrimaryColumn({ type: 'char', length: 32, name: 'trace_id' })
  traceId!: string;

  /** Digest of the patch. */
  @PrimaryColumn({ type: 'char', length: 64 })
  candidate!: string;

  @Column({ type: 'char', length: 64 })
  fingerprint!: string;

  @Column({ type: 'text' })
  target!: string;

  @Column({ type: 'text' })
  playbook!: string;

  /** The codemod that made it, also when an earlier heal suggested it. */
  @Column({ type: 'text' })
  template!: string;

  @Column({ type: 'text' })
  outcome!: CandidateEnd;

  /** SHA-256 of the patch without its line numbers. */
  @Column({ type: 'char', length: 64 })
  shape!: string;

  /** The patch, when it healed. */
  @Column({ type: 'text', nullable: true })
  diff!: string | null;

  @Column({ ...INSTANT })
  at!: Date;
}
