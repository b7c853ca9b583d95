import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { INSTANT, INT8 } from './columns.js';

/**
 * One link of the audit chain over all heals. Append-only: a trigger refuses UPDATE, DELETE and TRUNCATE, and whoever gets around
 * it is found by the hashes (audit-chain.ts).
 */
@Entity('audit_entry')
export class AuditRow {
  /** 1, 2, 3, … without a gap. */
  @PrimaryColumn({ type: 'bigint', transformer: INT8.transformer })
  position!: number;

  @Index()
  @Column({ type: 'char', length: 32, name: 'trace_id' })
  traceId!: string;

  /** The event's subject: one entry for an event. */
  @Index({ unique: true })
  @Column({ type: 'text' })
  subject!: string;

  /** The event's position in the stream when it was first seen. */
  @Column({ ...INT8 })
  seq!: number;

  @Column({ type: 'text' })
  actor!: string;

  @Column({ type: 'text' })
  action!: string;

  @Column({ type: 'text' })
  detail!: string;

  @Column({ ...INSTANT })
  at!: Date;

  @Column({ type: 'char', length: 64, name: 'prev_hash' })
  prevHash!: string;

  @Column({ type: 'char', length: 64 })
  hash!: string;
}
