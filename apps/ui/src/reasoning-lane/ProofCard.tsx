import type { Proof, ReplayResult } from '@selfheal/contracts';
import { Icon } from '../shared/Icon';
import { duration } from '../text/format';
import { Card } from './Card';
import classes from './reasoning-lane.module.css';

/** The differential replay: each request before the patch and after it. */
export function ProofCard({ proof }: { proof: Proof }) {
  return (
    <Card
      title="Proof"
      aside={
        <span className={classes.pill} data-tone={proof.proven ? 'healed' : 'escalated'} data-testid="proof">
          {proof.proven ? 'proven' : proof.reproduced ? 'not proven' : 'not reproduced'}
        </span>
      }
    >
      <p className={classes.lead}>{proof.reason}</p>
      {proof.replays.length > 0 && (
        <ul className={classes.replays} aria-label="Requests before and after the patch">
          {proof.replays.map((replay, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list is replaced whole, never reordered
            <li key={`${index} ${replay.role}`}>
              <span className={classes.kind} data-role={replay.role}>
                {replay.role === 'failing' ? 'failing' : 'must hold'}
              </span>
              <code className={classes.request}>{`${replay.base.request.method} ${replay.base.request.path}`}</code>
              <Result label="before" result={replay.base} />
              <span className={classes.arrow}>
                <Icon name="arrow" size={15} />
              </span>
              <Result label="after" result={replay.patched} />
            </li>
          ))}
        </ul>
      )}
      <p className={classes.soft}>{`In a sandbox copy of the target, in ${duration(proof.duration_ms)}.`}</p>
    </Card>
  );
}

/** One answer: its status and time, and why it does not do. */
export function Result({ label, result }: { label: string; result: ReplayResult }) {
  return (
    <span className={classes.result} data-tone={result.passed ? 'healed' : 'escalated'}>
      <span className={classes.resultLabel}>{label}</span>
      <span className={classes.resultFigures}>
        <Icon name={result.passed ? 'check' : 'cross'} size={13} />
        <strong>{result.status ?? 'no answer'}</strong>
        <span>{duration(result.duration_ms)}</span>
      </span>
      {result.reason && <span className={classes.resultReason}>{result.reason}</span>}
    </span>
  );
}
