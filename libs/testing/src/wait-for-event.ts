import { type AnyHealingEvent, type HealingEvent, type HealingEventType, parseHealingEvent, STREAMS } from '@selfheal/contracts';
import { type NatsConnection, StringCodec } from 'nats';

const codec = StringCodec();
const WAIT_MS = 15_000;

/** Thrown when what was waited for did not come. Says what came instead. */
export class NotSeen extends Error {
  override readonly name = 'NotSeen';
}

/**
 * The first message on `subject` (wildcards allowed) that `accept` accepts, as parsed JSON. The subscription is in place
 * at the server when the outer promise resolves, so: `const seen = await expectMessage(nc, …); doIt(); await seen.message`.
 */
export async function expectMessage(
  nc: NatsConnection,
  subject: string,
  accept: (value: unknown, subject: string) => boolean = () => true,
  timeoutMs = WAIT_MS,
): Promise<{ message: Promise<unknown> }> {
  const subscription = nc.subscribe(subject);
  await nc.flush();
  const others: string[] = [];
  const timer = setTimeout(() => subscription.unsubscribe(), timeoutMs);
  const message = (async () => {
    for await (const m of subscription) {
      const value: unknown = JSON.parse(codec.decode(m.data));
      if (accept(value, m.subject)) return value;
      others.push(m.subject);
    }
    throw new NotSeen(`nothing that fits on ${subject} within ${timeoutMs} ms; seen: ${others.join(', ') || 'nothing'}`);
  })().finally(() => {
    clearTimeout(timer);
    subscription.unsubscribe();
  });
  // Whoever never awaits it must not crash the run.
  message.catch(() => undefined);
  return { message };
}

/**
 * The first event of that type in the HEALING stream that `accept` accepts: one that is there already, or one that
 * comes within `timeoutMs`. @throws NotSeen with the types that were seen instead
 */
export async function waitForEvent<T extends HealingEventType>(
  nc: NatsConnection,
  type: T,
  accept: (event: HealingEvent<T>) => boolean = () => true,
  timeoutMs = WAIT_MS,
): Promise<HealingEvent<T>> {
  const consumer = await nc.jetstream().consumers.get(STREAMS.healing.name);
  const messages = await consumer.consume();
  const others: string[] = [];
  const timer = setTimeout(() => messages.stop(), timeoutMs);
  try {
    for await (const m of messages) {
      const event: AnyHealingEvent = parseHealingEvent(m.json());
      if (isOf(event, type) && accept(event)) return event;
      others.push(event.type);
    }
    throw new NotSeen(`no ${type} that fits within ${timeoutMs} ms; seen: ${others.join(', ') || 'nothing'}`);
  } finally {
    clearTimeout(timer);
    messages.stop();
  }
}

const isOf = <T extends HealingEventType>(event: HealingEvent, type: T): event is HealingEvent<T> => event.type === type;
