'use client';
import { Button, Skeleton } from '@mantine/core';
import { isFinal } from '@selfheal/contracts';
import { useEffect, useMemo, useState } from 'react';
import { ControlBar } from './control-bar/ControlBar';
import classes from './dashboard.module.css';
import { ExecutionLane } from './execution-lane/ExecutionLane';
import { HealHeader } from './heal-header/HealHeader';
import { newestFirst } from './live/heals';
import { type Dashboard as DashboardState, useDashboard } from './live/use-dashboard';
import { useNow } from './live/use-now';
import { PatchLogs } from './patch-logs/PatchLogs';
import { ReasoningLane } from './reasoning-lane/ReasoningLane';
import { type Selection, shown, useSelection } from './selection/use-selection';
import { Blank } from './shared/Blank';
import { Icon } from './shared/Icon';
import { Journey } from './shared/Journey';

/** The page: one heal in the middle, all heals at the side, live. */
export function Dashboard({ gatewayUrl }: { gatewayUrl: string }) {
  const dashboard = useDashboard(gatewayUrl);
  const selection = useSelection();
  const traces = useMemo(() => newestFirst(dashboard.heals), [dashboard.heals]);
  const trace = shown(traces, selection.pinned);
  const missing = useMissing(dashboard, selection, trace?.audit.length ? undefined : (trace?.trace_id ?? selection.pinned));
  const now = useNow(trace && !isFinal(trace.status) ? 100 : undefined) + dashboard.clockBehindMs;
  const logs = dashboard.heals.logs;

  return (
    <div className={classes.page}>
      <a className={classes.skip} href="#heal">
        Skip to the heal
      </a>
      <ControlBar dashboard={dashboard} selection={selection} traces={traces} current={trace?.trace_id} gatewayUrl={gatewayUrl} />
      <main id="heal" className={classes.main}>
        {trace ? (
          <>
            {dashboard.connection === 'reconnecting' && (
              <p className={classes.stale} data-tone="waiting" data-testid="stale">
                <Icon name="plug" />
                The gateway does not answer: what you see may be old. Healing goes on, and this page catches up by itself.
              </p>
            )}
            <HealHeader trace={trace} now={now} />
            <div className={classes.lanes}>
              <ExecutionLane trace={trace} now={now} />
              <ReasoningLane key={trace.trace_id} trace={trace} client={dashboard.client} />
            </div>
            <PatchLogs key={`logs ${trace.trace_id}`} trace={trace} progress={logs.get(trace.trace_id)} />
          </>
        ) : (
          <Nothing dashboard={dashboard} selection={selection} missing={missing} gatewayUrl={gatewayUrl} />
        )}
      </main>
    </div>
  );
}

/** Asks the gateway for a heal the stream has not told whole; true once there is known to be none. */
function useMissing({ load, settled }: DashboardState, { pinned }: Selection, wanted: string | undefined): boolean {
  const [absent, setAbsent] = useState<string>();
  useEffect(() => {
    if (wanted === undefined || !settled) return;
    let current = true;
    void load(wanted).then((found) => current && !found && setAbsent(wanted));
    return () => {
      current = false;
    };
  }, [load, settled, wanted]);
  return pinned !== undefined && absent === pinned;
}

function Nothing(props: { dashboard: DashboardState; selection: Selection; missing: boolean; gatewayUrl: string }) {
  const { dashboard, selection, missing, gatewayUrl } = props;
  if (
    dashboard.settled &&
    (dashboard.connection === 'reconnecting' || (dashboard.problem !== undefined && dashboard.connection !== 'live'))
  )
    return (
      <Blank icon="plug" tone="waiting" title="The gateway does not answer">
        Trying {gatewayUrl} again and again. Healing goes on without this page; everything will be here when it answers.
      </Blank>
    );
  if (missing)
    return (
      <Blank icon="dash" tone="quiet" title="No such heal" action={<Button onClick={selection.follow}>Show the newest</Button>}>
        The gateway knows no heal by this trace id. It may belong to another environment.
      </Blank>
    );
  if (dashboard.settled && selection.pinned === undefined)
    return (
      <Blank icon="pulse" title="All quiet" action={<Journey />}>
        No failure has been reported. The next one appears here by itself, with its cause, its patch and its proof.
        {dashboard.faults.length > 0 && ' To see one now, choose a fault and break it.'}
      </Blank>
    );
  return (
    <div className={classes.loading} role="progressbar" aria-label="Loading heals">
      <Skeleton height={96} radius="lg" />
      <div className={classes.lanes}>
        <Skeleton height={420} radius="lg" />
        <Skeleton height={420} radius="lg" />
      </div>
    </div>
  );
}
