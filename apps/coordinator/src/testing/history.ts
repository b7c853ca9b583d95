/** Histories of heals for specs. */
import type { AnyHealingEvent, HealingEventType, Payload, StepName, StoredEvent } from '@selfheal/contracts';
import { type Heal, subjectOf } from '@selfheal/persistence';
import { anEvent } from '@selfheal/testing';
import { coordinatorConfig, policyOf } from '../coordinator.config.js';
import type { Policy } from '../policy.js';

export const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
/** What the coordinator does unless told otherwise. */
export const USUAL: Policy = policyOf(coordinatorConfig.parse({}));

const START = Date.parse('2026-11-22T10:00:00.000Z');
/** The broker's time of position `seq`: a second apart. */
export const timeOf = (seq: number): string => new Date(START + seq * 1000).toISOString();

/** An event as a history is written down: its type, and what is special about it. */
export type Said = { [T in HealingEventType]: readonly [T, Partial<Payload<T>>?] }[HealingEventType];
/** A deadline that passed at that point of a history. */
export type Expired = readonly ['EXPIRED', { step: StepName; attempt: number }];

export const eventOf = ([type, payload]: Said, at: string, trace = TRACE): AnyHealingEvent =>
  anEvent<HealingEventType>(type, payload ?? {}, { trace, at }) as AnyHealingEvent;

/** A heal with this history, at positions 1, 2, 3, … */
export function historyOf(...facts: readonly (Said | Expired)[]): Heal {
  const events: StoredEvent[] = [];
  const expired: Heal['expired'][number][] = [];
  for (const fact of facts) {
    const last = events.at(-1);
    if (fact[0] !== 'EXPIRED')
      events.push({ seq: events.length + 1, at: timeOf(events.length + 1), event: eventOf(fact, timeOf(events.length + 1)) });
    else if (last) expired.push({ ...fact[1], at: timeOf(events.length), after: subjectOf(last) });
  }
  return { trace: undefined, events, expired };
}
