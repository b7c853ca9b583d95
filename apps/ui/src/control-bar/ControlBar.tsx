'use client';
import type { HealingTrace } from '@selfheal/contracts';
import type { Dashboard } from '../live/use-dashboard';
import type { Selection } from '../selection/use-selection';
import { BreakIt } from './BreakIt';
import { ConnectionState } from './ConnectionState';
import classes from './control-bar.module.css';
import { HealList } from './HealList';
import { SchemeToggle } from './SchemeToggle';
import { TargetList } from './TargetList';

interface Props {
  readonly dashboard: Dashboard;
  readonly selection: Selection;
  readonly traces: readonly HealingTrace[];
  readonly current: string | undefined;
  readonly gatewayUrl: string;
}

/** What there is to heal, whether we hear of it live, every heal, and the way to break something on purpose. */
export function ControlBar({ dashboard, selection, traces, current, gatewayUrl }: Props) {
  const { connection, targets, faults, problem, client, settled, heals } = dashboard;
  return (
    <header className={classes.bar} data-testid="control-bar">
      <div className={classes.brand}>
        <svg viewBox="0 0 32 32" width={30} height={30} aria-hidden="true">
          <rect width="32" height="32" rx="9" fill="#0b7a63" />
          <path
            d="M5 17h5l3-8 5 15 3.5-9L23 17h4"
            fill="none"
            stroke="#fff"
            strokeWidth="2.6"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </svg>
        <h1 className={classes.name}>selfheal</h1>
        <ConnectionState connection={connection} gatewayUrl={gatewayUrl} />
        <SchemeToggle />
      </div>
      {problem !== undefined && connection === 'live' && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
      {heals.unreadable > 0 && (
        <p className={classes.problem}>{`${heals.unreadable} messages of the stream could not be read and are not shown.`}</p>
      )}
      <TargetList targets={targets} />
      {faults.length > 0 && <BreakIt client={client} faults={faults} onBroken={selection.follow} />}
      <HealList traces={traces} current={current} selection={selection} settled={settled} live={connection === 'live'} />
    </header>
  );
}
