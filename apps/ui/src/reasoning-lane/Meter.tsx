import { percent } from '../text/format';
import classes from './reasoning-lane.module.css';

/** A score from 0 to 1 as a bar with its figure. */
export function Meter({ label, score, tone }: { label: string; score: number; tone: string }) {
  return (
    <div className={classes.meter} data-tone={tone}>
      <span className={classes.meterLabel}>{label}</span>
      <strong>{percent(score)}</strong>
      <meter className={classes.hiddenMeter} min={0} max={1} value={score} aria-label={label} />
      <span className={classes.meterTrack} aria-hidden="true">
        <span style={{ width: percent(score).replace(' ', '') }} />
      </span>
    </div>
  );
}
