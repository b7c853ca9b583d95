'use client';
import type { HealingTrace } from '@selfheal/contracts';
import { useSearchParams } from 'next/navigation';
import { useCallback } from 'react';
import { TRACE_ID } from '../live/messages';

export interface Selection {
  /** The heal that the address names; undefined while the newest is followed. */
  readonly pinned: string | undefined;
  readonly pin: (traceId: string) => void;
  readonly follow: () => void;
}

/** Which heal is shown. It lives in the address (`?trace=`), so that a link and the back button do what one expects. */
export function useSelection(): Selection {
  const asked = useSearchParams().get('trace') ?? '';
  const go = useCallback((query: string) => window.history.pushState(null, '', `${window.location.pathname}${query}`), []);
  return {
    pinned: TRACE_ID.test(asked) ? asked : undefined,
    pin: useCallback((traceId) => go(`?trace=${traceId}`), [go]),
    follow: useCallback(() => go(''), [go]),
  };
}

/** The pinned heal, or else the newest. */
export const shown = (newestFirst: readonly HealingTrace[], pinned: string | undefined): HealingTrace | undefined =>
  pinned === undefined ? newestFirst[0] : newestFirst.find((trace) => trace.trace_id === pinned);
