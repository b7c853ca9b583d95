import { PLANNED, STEP_TITLES } from '../execution-lane/timeline';
import { Icon } from './Icon';
import classes from './shared.module.css';

/** The way of every heal, for someone who has seen none yet. */
export function Journey() {
  return (
    <ol className={classes.journey} aria-label="The steps of a heal">
      {PLANNED.map((step) => (
        <li key={step}>
          <span>{STEP_TITLES[step]}</span>
          <Icon name="arrow" size={14} />
        </li>
      ))}
      <li>
        <span>Healed</span>
      </li>
    </ol>
  );
}
