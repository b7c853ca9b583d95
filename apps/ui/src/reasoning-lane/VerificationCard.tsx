import type { HealingTrace } from '@selfheal/contracts';
import { Card } from './Card';
import { Result } from './ProofCard';
import classes from './reasoning-lane.module.css';

/** What the live target answered once the patch was on it. */
export function VerificationCard({ verification }: { verification: NonNullable<HealingTrace['verification']> }) {
  const { passed, mode, failing, good, healthy, reason } = verification;
  const held = good.filter((result) => result.passed).length;
  return (
    <Card
      title="Live verification"
      aside={
        <span className={classes.pill} data-tone={passed ? 'healed' : 'escalated'}>
          {passed ? 'passed' : 'failed'}
        </span>
      }
    >
      <p className={classes.lead}>{reason}</p>
      {failing && (
        <ul className={classes.replays}>
          <li>
            <span className={classes.kind} data-role="failing">
              failing
            </span>
            <code className={classes.request}>{`${failing.request.method} ${failing.request.path}`}</code>
            <Result label="live" result={failing} />
          </li>
        </ul>
      )}
      <p className={classes.soft}>
        {mode === 'replay' ? 'The request was sent again.' : 'Real traffic was watched: the request is not safe to send again.'}
        {good.length > 0 && ` ${held} of ${good.length} good requests still hold.`}{' '}
        {healthy ? 'The target is healthy.' : 'The target is not healthy.'}
      </p>
    </Card>
  );
}
