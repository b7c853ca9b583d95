'use client';
import { Skeleton } from '@mantine/core';
import { type HealingTrace, isFinal } from '@selfheal/contracts';
import type { MouseEvent } from 'react';
import { useNow } from '../live/use-now';
import type { Selection } from '../selection/use-selection';
import { Icon } from '../shared/Icon';
import { lookOf } from '../shared/status';
import { ago, duration } from '../text/format';
import classes from './control-bar.module.css';

interface Props {
  readonly traces: readonly HealingTrace[];
  readonly current: string | undefined;
  readonly selection: Selection;
  readonly settled: boolean;
  readonly live: boolean;
}

/** Every heal, newest first. Each is a real link, so it can be opened in a tab of its own or sent to someone. */
export function HealList({ traces, current, selection, settled, live }: Props) {
  const now = useNow(5000);
  const choose = (event: MouseEvent, id: string) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    selection.pin(id);
  };
  return (
    <nav aria-label="Heals" className={classes.heals}>
      <div className={classes.healsHead}>
        <h2 className={classes.heading}>Heals{traces.length > 0 && ` · ${traces.length}`}</h2>
        {selection.pinned !== undefined && (
          <button type="button" className={classes.follow} onClick={selection.follow}>
            Follow newest
          </button>
        )}
      </div>
      {traces.length === 0 &&
        (settled ? (
          <p className={classes.none}>{live ? 'None yet.' : 'Known when the gateway answers.'}</p>
        ) : (
          <Skeleton height={56} radius="md" />
        ))}
      <ul className={classes.healList}>
        {traces.map((trace) => (
          <li key={trace.trace_id}>
            <a
              className={classes.heal}
              href={`?trace=${trace.trace_id}`}
              onClick={(event) => choose(event, trace.trace_id)}
              aria-current={trace.trace_id === current ? 'true' : undefined}
              data-tone={lookOf(trace.status).tone}
              data-testid="heal"
            >
              <span className={classes.healIcon}>
                <Icon name={lookOf(trace.status).icon} size={14} />
              </span>
              <span className={classes.healType}>{trace.failure.type}</span>
              <span className={classes.healStatus}>{lookOf(trace.status).label}</span>
              <span className={classes.healWhere}>{trace.failure.route ?? trace.failure.message ?? trace.target}</span>
              <span className={classes.healTime} suppressHydrationWarning>
                {isFinal(trace.status) ? `${duration(trace.total_ms)} · ` : ''}
                {ago(now - Date.parse(trace.created_at))}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
