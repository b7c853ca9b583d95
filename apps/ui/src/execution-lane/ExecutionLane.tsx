'use client';
import type { HealingTrace } from '@selfheal/contracts';
import { Icon, type IconName } from '../shared/Icon';
import { Lane } from '../shared/Lane';
import { duration } from '../text/format';
import classes from './execution-lane.module.css';
import { type RowStatus, STEP_TITLES, type TimelineAttempt, type TimelineRow, timelineOf } from './timeline';

const MARK: Record<RowStatus, { icon: IconName; tone: string; word: string }> = {
  succeeded: { icon: 'check', tone: 'healed', word: 'done' },
  failed: { icon: 'cross', tone: 'escalated', word: 'failed' },
  running: { icon: 'pulse', tone: 'healing', word: 'running' },
  waiting: { icon: 'hand', tone: 'waiting', word: 'waiting for a person' },
  planned: { icon: 'dash', tone: 'quiet', word: 'to come' },
};
const OUTCOME: Record<TimelineAttempt['outcome'], { word: string; tone: string }> = {
  healed: { word: 'healed', tone: 'healed' },
  'rolled-back': { word: 'rolled back', tone: 'rolling' },
  failed: { word: 'failed', tone: 'escalated' },
  open: { word: 'in progress', tone: 'healing' },
};

/** The steps of the heal as a waterfall, attempt by attempt: what ran, for how long, and what was put back. */
export function ExecutionLane({ trace, now }: { trace: HealingTrace; now: number }) {
  const attempts = timelineOf(trace, now);
  return (
    <Lane title="Execution" className={classes.lane ?? ''}>
      <div className={classes.attempts} data-testid="execution-lane">
        {attempts.map((attempt) => (
          <section key={attempt.attempt} aria-label={`Attempt ${attempt.attempt}`}>
            {attempts.length > 1 && (
              <h3 className={classes.attempt} data-tone={OUTCOME[attempt.outcome].tone}>
                Attempt {attempt.attempt}
                <span>{OUTCOME[attempt.outcome].word}</span>
              </h3>
            )}
            <ol className={classes.steps}>
              {attempt.rows.map((row) => (
                <Step key={row.key} row={row} />
              ))}
            </ol>
          </section>
        ))}
      </div>
    </Lane>
  );
}

function Step({ row }: { row: TimelineRow }) {
  const mark =
    row.step === 'rollback' && row.status === 'succeeded' ? { icon: 'undo' as const, tone: 'rolling', word: 'done' } : MARK[row.status];
  return (
    <li className={classes.step} data-tone={mark.tone} data-status={row.status} data-step={row.step}>
      <span className={classes.mark}>
        <Icon name={mark.icon} size={14} />
      </span>
      <div className={classes.body}>
        <p className={classes.title}>
          <span>{STEP_TITLES[row.step]}</span>
          <span className={classes.word}>{row.status === 'succeeded' ? '' : mark.word}</span>
          {row.durationMs !== undefined && <span className={classes.time}>{duration(row.durationMs)}</span>}
        </p>
        <span className={classes.track} aria-hidden="true">
          <span
            className={classes.fill}
            style={{ left: `min(${row.from * 100}%, 100% - 4px)`, width: `max(4px, ${row.share * 100}%)` }}
            hidden={row.durationMs === undefined}
          />
        </span>
        {row.detail && (
          <p className={classes.detail} title={row.detail}>
            {row.detail}
          </p>
        )}
      </div>
    </li>
  );
}
