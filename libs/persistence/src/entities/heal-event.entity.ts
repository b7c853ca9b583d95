import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { INSTANT, INT8 } from './columns.js';

/**
 * One event of a heal as the HEALING stream has it. Its subject is its identity, as on the broker, where a subject holds one message
 * at most. The stream's sequence is not: a broker that comes back with less than it acked counts on from there and gives an old
 * number to another event.
 */
@Entity('heal_event')
@Index(['traceId', 'seq'])
export class HealEvent {
  /** `healing.<trace_id>.<TYPE>.<attempt>` */
  @PrimaryColumn({ type: 'text' })
  subject!: string;

  @Column({ ...INT8 })
  seq!: number;

  @Column({ type: 'char', length: 32, name: 'trace_id' })
  traceId!: string;

  @Column({ type: 'text' })
  type!: string;

  @Column({ type: 'int' })
  attempt!: number;

  /** When the broker stored it first. */
  @Column({ ...INSTANT })
  at!: Date;

  /**
   * The whole envelope. `json`, not `jsonb`: an error message may hold U+0000 or half a surrogate pair, which `jsonb` refuses, and
   * a broker is refilled with exactly what it had.
   */
  @Column({ type: 'json' })
  envelope!: object;
}
