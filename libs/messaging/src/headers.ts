import { context, propagation, trace } from '@opentelemetry/api';
import { headers, type MsgHdrs } from 'nats';

/** What a CloudEvents consumer is told of an event: a failure's or a heal's. */
interface Described {
  readonly type: string;
  readonly key: string;
  readonly timestamp: string;
}

/** CloudEvents 1.0, NATS protocol binding, binary mode: any CloudEvents consumer can read the bus. */
export function eventHeaders(source: string, event: Described): MsgHdrs {
  const h = headers();
  h.set('ce-specversion', '1.0');
  h.set('ce-id', event.key);
  h.set('ce-source', `selfheal/${source}`);
  h.set('ce-type', event.type);
  h.set('ce-time', event.timestamp);
  h.set('content-type', 'application/json');
  propagation.inject(context.active(), h, { set: (carrier, key, value) => carrier.set(key, value) });
  return h;
}

/** The remote span context in a message's `traceparent`, if it belongs to `traceId` (any trace when not given). */
export function remoteContext(h: MsgHdrs | undefined, traceId?: string) {
  if (!h) return undefined;
  const carrier: Record<string, string> = {};
  for (const key of ['traceparent', 'tracestate']) if (h.has(key)) carrier[key] = h.get(key);
  const remote = propagation.extract(context.active(), carrier);
  const span = trace.getSpanContext(remote);
  return span && (traceId === undefined || span.traceId === traceId) ? remote : undefined;
}
