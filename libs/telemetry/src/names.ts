/** Names of spans' attributes and of metrics. The catalogue that dashboards and alerts rely on. */

/** Messaging attributes follow the OpenTelemetry semantic conventions for messaging spans. */
export const ATTRIBUTES = {
  system: 'messaging.system',
  destination: 'messaging.destination.name',
  operation: 'messaging.operation.type',
  messageId: 'messaging.message.id',
  errorType: 'error.type',
  eventType: 'selfheal.event.type',
  attempt: 'selfheal.attempt',
  outcome: 'selfheal.outcome',
  target: 'selfheal.target',
} as const;

export const METRICS = {
  /** Messages handled; attributes: event type, outcome (`ack`, `nak`, `dead`). */
  messages: 'selfheal.messages',
  /** Seconds from receiving a message to its disposition. */
  handleDuration: 'selfheal.handle.duration',
  /** Heals ended; attributes: target, outcome (`HEALED`, `ESCALATED`). */
  heals: 'selfheal.heals',
  /** Seconds from failure to end. */
  healDuration: 'selfheal.heal.duration',
  /** Failure events by what became of them: `opened`, `repeat`, `suppressed`. */
  failures: 'selfheal.failures',
  /** Dashboards connected over SSE. */
  sseClients: 'selfheal.sse.clients',
} as const;

export const INSTRUMENTATION = 'selfheal';
