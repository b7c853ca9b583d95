import { trace } from '@opentelemetry/api';
import { type AnyHealingEvent, healingEvent } from '@selfheal/contracts';
import { ATTRIBUTES } from '@selfheal/telemetry';
import type { HealJournal } from './journal.js';
import type { Outcome } from './outcome.js';

/** Publishes outcomes in order, each at most once, and notes the last one on the span at work. */
export async function publishOutcomes(journal: HealJournal, traceId: string, outcomes: readonly Outcome[]): Promise<void> {
  for (const { type, payload, traceId: own } of outcomes) {
    const event = healingEvent(type, own ?? traceId, new Date().toISOString(), payload);
    const result = await journal.publish(event as AnyHealingEvent);
    trace.getActiveSpan()?.setAttribute(ATTRIBUTES.outcome, result === 'stored' ? type : `${type} (was there)`);
  }
}
