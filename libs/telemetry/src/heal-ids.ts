import { randomBytes } from 'node:crypto';
import { ROOT_CONTEXT, type Span, type SpanOptions, type Tracer } from '@opentelemetry/api';

/** The trace id that the next root span takes; set and read within one synchronous call. */
let forced: string | undefined;

/** Random ids, but for the root span of a heal, whose trace id is the event's `trace_id`. */
export class HealIdGenerator {
  generateTraceId(): string {
    return forced ?? randomBytes(16).toString('hex');
  }

  generateSpanId(): string {
    return randomBytes(8).toString('hex');
  }
}

/** Starts the root span of the trace `traceId` (32 hex digits). Needs a tracer provider with {@link HealIdGenerator}. */
export function startRootSpan(tracer: Tracer, name: string, traceId: string, options: SpanOptions = {}): Span {
  forced = traceId;
  try {
    return tracer.startSpan(name, { ...options, root: true }, ROOT_CONTEXT);
  } finally {
    forced = undefined;
  }
}
