import type { FailureEvent } from '@selfheal/contracts';
import { headers, type MsgHdrs } from 'nats';

/**
 * The headers of a failure event: JetStream's deduplication id, the trace context, and the CloudEvents attributes in
 * binary mode (CloudEvents 1.0, NATS protocol binding, section 3.1).
 * @param spanId 16 lower-case hex digits
 */
export function failureHeaders(event: FailureEvent, spanId: string): MsgHdrs {
  const h = headers();
  h.set('Nats-Msg-Id', event.key);
  h.set('traceparent', `00-${event.trace_id}-${spanId}-01`);
  h.set('content-type', 'application/json');
  h.set('ce-specversion', '1.0');
  h.set('ce-id', event.key);
  h.set('ce-source', `service/${event.payload.service}`);
  h.set('ce-type', event.type);
  h.set('ce-time', event.timestamp);
  return h;
}
