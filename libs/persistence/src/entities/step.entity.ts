import type { HealingStep, StepName } from '@selfheal/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { INSTANT } from './columns.js';

/** One step of one attempt, apart from the view so that durations can be queried across heals. */
@Entity('step')
export class Step {
  @PrimaryColumn({ type: 'char', length: 32, name: 'trace_id' })
  traceId!: string;

  @PrimaryColumn({ type: 'text' })
  name!: StepName;

  @PrimaryColumn({ type: 'int' })
  attempt!: number;

  @Column({ type: 'text' })
  status!: HealingStep['status'];

  @Column({ ...INSTANT, name: 'started_at' })
  startedAt!: Date;

  @Column({ ...INSTANT, name: 'ended_at', nullable: true })
  endedAt!: Date | null;

  @Column({ type: 'double precision', name: 'duration_ms', nullable: true })
  durationMs!: number | null;

  @Column({ type: 'text' })
  detail!: string;
}
