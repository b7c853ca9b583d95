import type { AnyHealingEvent } from '@selfheal/contracts';
import { type Expiry, type Heal, subjectOf } from '@selfheal/persistence';

/** Something that happened to a heal, with its time (ISO 8601): an event, or a deadline that passed. */
export type Fact =
  | { readonly kind: 'event'; readonly at: string; readonly event: AnyHealingEvent }
  | { readonly kind: 'expired'; readonly at: string; readonly expiry: Expiry };

/** The one history of a heal: its events in stream order, and each passed deadline after the last event that was known then. */
export function factsOf({ events, expired }: Pick<Heal, 'events' | 'expired'>): Fact[] {
  const waiting = new Map<string, Fact[]>();
  for (const expiry of expired) {
    const after = waiting.get(expiry.after) ?? [];
    waiting.set(expiry.after, [...after, { kind: 'expired', at: expiry.at, expiry }]);
  }
  return events.flatMap((stored): Fact[] => [
    { kind: 'event', at: stored.at, event: stored.event },
    ...(waiting.get(subjectOf(stored)) ?? []),
  ]);
}
