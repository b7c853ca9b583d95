'use client';
import { ActionIcon } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import type { HealingTrace } from '@selfheal/contracts';
import { elapsed } from '../execution-lane/timeline';
import { Icon } from '../shared/Icon';
import { StatusBadge } from '../shared/StatusBadge';
import { lookOf } from '../shared/status';
import { duration } from '../text/format';
import { factsOf } from './facts';
import classes from './heal-header.module.css';

/** What broke, where it stands and how long it took: the one line to read when there is time for one line. */
export function HealHeader({ trace, now }: { trace: HealingTrace; now: number }) {
  const clipboard = useClipboard({ timeout: 1500 });
  const { tone, line } = lookOf(trace.status);
  const facts = factsOf(trace);
  return (
    <section className={classes.header} data-tone={tone} aria-label="Selected heal">
      <div className={classes.what}>
        <p className={classes.kind}>
          <strong>{trace.failure.type}</strong>
          <span>in {trace.target}</span>
          {trace.failure.route && <code>{trace.failure.route}</code>}
        </p>
        <h2 className={classes.title}>
          {trace.failure.name ? `${trace.failure.name}: ` : ''}
          {trace.failure.message}
        </h2>
        {trace.status === 'ESCALATED' && trace.reason && <p className={classes.reason}>{trace.reason}</p>}
        <p className={classes.ids}>
          <span>trace</span>
          <code data-testid="trace-id">{trace.trace_id}</code>
          <ActionIcon variant="subtle" color="gray" size="sm" onClick={() => clipboard.copy(trace.trace_id)} aria-label="Copy the trace id">
            <Icon name={clipboard.copied ? 'check' : 'copy'} size={13} />
          </ActionIcon>
          {trace.cause && <span>engine {trace.cause.engine}</span>}
          {trace.cause && <span>playbook {trace.cause.playbook}</span>}
          {trace.attempt > 1 && <span>attempt {trace.attempt}</span>}
        </p>
        {facts.length > 0 && (
          <dl className={classes.facts}>
            {facts.map((fact) => (
              <div key={fact.label} data-tone={fact.tone}>
                <dt>{fact.label}</dt>
                <dd>{fact.value}</dd>
              </div>
            ))}
          </dl>
        )}
      </div>
      <div className={classes.stand}>
        <output data-testid="heal-status" data-status={trace.status}>
          <StatusBadge status={trace.status} large />
        </output>
        <p className={classes.total} data-testid="heal-total" suppressHydrationWarning>
          {duration(elapsed(trace, now))}
        </p>
        <p className={classes.line}>{line}</p>
      </div>
    </section>
  );
}
