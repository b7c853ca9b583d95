import {
  type Context,
  type Counter,
  context,
  type Histogram,
  metrics,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { type AnyHealingEvent, type FailureEvent, type HealingEventType, OUTCOMES } from '@selfheal/contracts';
import { ATTRIBUTES, INSTRUMENTATION, METRICS, startRootSpan } from '@selfheal/telemetry';
import type { JsMsg } from 'nats';
import type { Broker } from './broker.js';
import type { ConsumerPlan } from './consumers.js';
import { remoteContext } from './headers.js';
import { HealContext } from './heal-context.js';
import type { Outcome } from './outcome.js';
import { parseFailure, parseHealing } from './parse-message.js';
import { publishOutcomes } from './publish-outcomes.js';

/** What a Nest handler is, seen from the transport: an event and its context in, outcomes out. */
export type Handler = (event: AnyHealingEvent | FailureEvent, ctx: HealContext) => Promise<readonly Outcome[]>;

const tracer = trace.getTracer(INSTRUMENTATION);

/** Handles one message up to, not including, its ack: parse, look whether it was done, handle, publish. */
export async function handleMessage(
  broker: Broker,
  plan: ConsumerPlan,
  handler: Handler,
  message: JsMsg,
  signal: AbortSignal,
): Promise<void> {
  if (plan.pattern === 'FAILURE') return handleFailure(broker, handler, message, signal);
  const event = parseHealing(message.subject, message.data);
  const { attempt } = event.payload;
  if (plan.pattern !== '*' && (await alreadyDone(broker, event))) return;
  const parent = remoteContext(message.headers, event.trace_id) ?? context.active();
  const span = tracer.startSpan(
    `process ${event.type}`,
    { kind: SpanKind.CONSUMER, attributes: attributesOf(message, event.type, attempt) },
    parent,
  );
  const ctx = new HealContext(broker, event.trace_id, attempt, deliveryOf(message), signal);
  await within(span, parent, async () => publishOutcomes(broker.journal, event.trace_id, await handler(event, ctx)));
}

/** A failure has no span until it opens a heal: 20,000 repeats of one failure are one trace. */
async function handleFailure(broker: Broker, handler: Handler, message: JsMsg, signal: AbortSignal): Promise<void> {
  const startTime = new Date();
  const event = parseFailure(message.subject, message.data);
  const ctx = new HealContext(broker, event.trace_id ?? '', 1, deliveryOf(message), signal);
  for (const outcome of await handler(event, ctx)) {
    const traceId = outcome.traceId ?? ctx.traceId;
    const options = { kind: SpanKind.CONSUMER, startTime, attributes: attributesOf(message, event.type, 1) };
    const parent = remoteContext(message.headers, traceId);
    const span = parent ? tracer.startSpan('process FAILURE', options, parent) : startRootSpan(tracer, 'process FAILURE', traceId, options);
    await within(span, parent ?? context.active(), () => publishOutcomes(broker.journal, traceId, [outcome]));
  }
}

/** Whether an outcome of this step and attempt is in the stream: then a crash came between publishing and acking. */
async function alreadyDone(broker: Broker, event: AnyHealingEvent): Promise<boolean> {
  const outcomes: readonly HealingEventType[] = OUTCOMES[event.type] ?? [];
  const found = await Promise.all(outcomes.map((type) => broker.journal.find(event.trace_id, type, event.payload.attempt)));
  return found.some(Boolean);
}

async function within(span: Span, parent: Context, work: () => Promise<void>): Promise<void> {
  try {
    await context.with(trace.setSpan(parent, span), work);
  } catch (error) {
    span.recordException(error instanceof Error ? error : String(error));
    span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.message : String(error) });
    throw error;
  } finally {
    span.end();
  }
}

const deliveryOf = (message: JsMsg) => ({
  seq: message.seq,
  at: new Date(message.info.timestampNanos / 1e6).toISOString(),
  deliveries: message.info.deliveryCount,
});

const attributesOf = (message: JsMsg, type: string, attempt: number) => ({
  [ATTRIBUTES.system]: 'nats',
  [ATTRIBUTES.operation]: 'process',
  [ATTRIBUTES.destination]: message.info.stream,
  [ATTRIBUTES.messageId]: String(message.seq),
  [ATTRIBUTES.eventType]: type,
  [ATTRIBUTES.attempt]: attempt,
});

interface Instruments {
  readonly messages: Counter;
  readonly duration: Histogram;
}
let made: Instruments | undefined;

/** Made on first use: the meter provider is registered by then. */
export function instruments(): Instruments {
  const meter = metrics.getMeter(INSTRUMENTATION);
  made ??= {
    messages: meter.createCounter(METRICS.messages, { description: 'Messages handled, by outcome' }),
    duration: meter.createHistogram(METRICS.handleDuration, { unit: 's', description: 'From receiving a message to its disposition' }),
  };
  return made;
}
