import type { TargetSummary } from '../gateway/gateway-client';
import classes from './control-bar.module.css';

const AUTONOMY_MEANS: Record<TargetSummary['autonomy'], string> = {
  observe: 'diagnoses only',
  suggest: 'proves a patch, does not deploy it',
  approve: 'deploys when a person approves',
  auto: 'deploys by itself within its limits',
};

/** The targets and how far a heal may go on each without a person. */
export function TargetList({ targets }: { targets: readonly TargetSummary[] }) {
  if (targets.length === 0) return null;
  return (
    <section aria-label="Targets" className={classes.targets}>
      <h2 className={classes.heading}>Targets</h2>
      <ul className={classes.targetList}>
        {targets.map((target) => (
          <li key={target.name} className={classes.target} title={target.base_url ?? target.strategy}>
            <span className={classes.targetName}>{target.name}</span>
            <span className={classes.autonomy} data-autonomy={target.autonomy}>
              {target.autonomy}
            </span>
            <span className={classes.means}>{AUTONOMY_MEANS[target.autonomy]}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
