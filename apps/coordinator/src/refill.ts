import type { AnyHealingEvent } from '@selfheal/contracts';
import type { HealRepository } from '@selfheal/persistence';
import type { HealStream } from './heal-stream.js';
import { inTrace } from './in-trace.js';

/**
 * Gives a broker that came back with less than it had acked the events of every open heal again, each heal's in their order. What is
 * there already stays: two coordinators that do this at once do no harm.
 *
 * @returns how many events were put back
 */
export async function refill(heals: HealRepository, stream: HealStream): Promise<number> {
  let restored = 0;
  for (const traceId of await heals.openTraces()) {
    const missing: AnyHealingEvent[] = [];
    for (const { event } of await heals.eventsOf(traceId)) if (!(await stream.has(event))) missing.push(event);
    if (missing.length === 0) continue;
    await inTrace('refill', traceId, async () => {
      for (const event of missing) if ((await stream.publish(event)) === 'stored') restored += 1;
    });
  }
  return restored;
}
