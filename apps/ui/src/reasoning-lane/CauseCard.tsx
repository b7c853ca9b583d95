import { Skeleton } from '@mantine/core';
import type { Evidence, HealingTrace, SourceLocation } from '@selfheal/contracts';
import { Card } from './Card';
import { Excerpt } from './Excerpt';
import { Meter } from './Meter';
import classes from './reasoning-lane.module.css';

const place = ({ file, line, function: name }: SourceLocation): string => `${file}:${line}${name ? ` in ${name}` : ''}`;

/** The cause with its evidence, and the plan that follows from it. */
export function CauseCard({ cause, failed }: { cause: HealingTrace['cause']; failed: boolean }) {
  if (!cause) {
    return (
      <Card title="Cause">
        {failed ? (
          <p className={classes.soft}>No playbook explains this failure.</p>
        ) : (
          <div className={classes.stack} role="progressbar" aria-label="Looking for the cause">
            <Skeleton height={16} width="72%" />
            <Skeleton height={16} width="48%" />
            <Skeleton height={92} />
          </div>
        )}
      </Card>
    );
  }
  const risk = cause.risk_score > 0.6 ? 'escalated' : cause.risk_score > 0.3 ? 'waiting' : 'healed';
  return (
    <>
      <Card title="Cause" aside={<span className={classes.tag}>{cause.category}</span>}>
        <p className={classes.lead} data-testid="cause">
          {cause.summary}
        </p>
        {cause.location && <code className={classes.place}>{place(cause.location)}</code>}
        {cause.evidence.length > 0 && (
          <ul className={classes.evidence} aria-label="Evidence">
            {cause.evidence.map((evidence, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the list is replaced whole, never reordered
              <EvidenceItem key={`${index} ${evidence.kind}`} evidence={evidence} />
            ))}
          </ul>
        )}
      </Card>
      <Card title="Plan" aside={<span className={classes.tag}>{`${cause.playbook} · ${cause.engine}`}</span>}>
        <p className={classes.lead}>{cause.instruction}</p>
        <div className={classes.meters}>
          <Meter label="Confidence" score={cause.confidence} tone={cause.confidence < 0.5 ? 'waiting' : 'healed'} />
          <Meter label="Risk" score={cause.risk_score} tone={risk} />
        </div>
      </Card>
    </>
  );
}

function EvidenceItem({ evidence }: { evidence: Evidence }) {
  return (
    <li>
      <p className={classes.evidenceLine}>
        <span className={classes.kind}>{evidence.kind}</span>
        <span>{evidence.summary}</span>
      </p>
      {evidence.excerpt && <Excerpt text={evidence.excerpt} location={evidence.location} />}
    </li>
  );
}
