'use client';
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { type DemoFault, type GatewayClient, gatewayClient, type TargetSummary } from '../gateway/gateway-client';
import { type FeedState, FIRST_STATE, LiveFeed } from './live-feed';

export interface Dashboard extends FeedState {
  readonly client: GatewayClient;
  readonly targets: readonly TargetSummary[];
  readonly faults: readonly DemoFault[];
  /** Why the last question to the gateway had no answer. */
  readonly problem: string | undefined;
  /** Asks for one heal that the stream may no longer hold. Resolves to whether there is one. */
  readonly load: (traceId: string) => Promise<boolean>;
}

/** Everything the page shows: opens the stream, asks for what the stream does not carry, and asks again after an outage. */
export function useDashboard(gatewayUrl: string): Dashboard {
  const client = useMemo(() => gatewayClient(gatewayUrl), [gatewayUrl]);
  const feed = useMemo(() => new LiveFeed(client.eventsUrl), [client]);
  const state = useSyncExternalStore(feed.subscribe, feed.state, () => FIRST_STATE);
  const [targets, setTargets] = useState<readonly TargetSummary[]>([]);
  const [faults, setFaults] = useState<readonly DemoFault[]>([]);
  const [problem, setProblem] = useState<string>();

  useEffect(() => {
    feed.open();
    return () => feed.close();
  }, [feed]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: asks again when the gateway is back
  useEffect(() => {
    let current = true;
    const ask = async () => {
      const answers = await Promise.allSettled([client.traces(), client.targets(), client.faults()]);
      if (!current) return;
      const [traces, names, catalogue] = answers;
      if (traces.status === 'fulfilled') feed.takeSnapshots(traces.value);
      if (names.status === 'fulfilled') setTargets(names.value);
      if (catalogue.status === 'fulfilled') setFaults(catalogue.value);
      const refused = answers.find((answer) => answer.status === 'rejected');
      setProblem(refused ? messageOf(refused.reason) : undefined);
      feed.settle();
    };
    void ask();
    return () => {
      current = false;
    };
  }, [client, feed, state.resumed]);

  const load = useCallback(
    async (traceId: string) => {
      const trace = await client.trace(traceId).catch(() => undefined);
      if (trace) feed.takeSnapshots([trace]);
      return trace !== undefined;
    },
    [client, feed],
  );

  return { ...state, client, targets, faults, problem, load };
}

/** An error in words for a person. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : 'something went wrong');
