import type { HealingTrace, StepName, TraceStatus } from '@selfheal/contracts';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Expiry } from '../heal.js';
import { INSTANT, INT8 } from './columns.js';

/** The projection of one heal. */
@Entity('trace')
@Index(['createdAt', 'traceId'])
export class Trace {
  @PrimaryColumn({ type: 'char', length: 32, name: 'trace_id' })
  traceId!: string;

  @Column({ type: 'text' })
  target!: string;

  @Column({ type: 'text' })
  status!: TraceStatus;

  @Index()
  @Column({ type: 'char', length: 64 })
  fingerprint!: string;

  @Column({ type: 'int' })
  attempt!: number;

  /** The folded events: what the API shows. */
  @Column({ type: 'jsonb' })
  view!: HealingTrace;

  /** Deadlines that passed, in order: facts that the coordinator decides upon, as it does upon events. */
  @Column({ type: 'jsonb', default: [] })
  expired!: Expiry[];

  @Index()
  @Column({ ...INSTANT, name: 'deadline_at', nullable: true })
  deadlineAt!: Date | null;

  @Column({ type: 'text', name: 'deadline_step', nullable: true })
  deadlineStep!: StepName | null;

  @Column({ type: 'int', name: 'deadline_attempt', nullable: true })
  deadlineAttempt!: number | null;

  @Column({ ...INSTANT, name: 'created_at' })
  createdAt!: Date;

  @Column({ ...INSTANT, name: 'updated_at' })
  updatedAt!: Date;

  @Column({ ...INSTANT, name: 'ended_at', nullable: true })
  endedAt!: Date | null;

  /** The highest stream sequence projected. */
  @Column({ ...INT8, name: 'last_seq' })
  lastSeq!: number;
}
