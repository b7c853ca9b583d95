import { context, SpanStatusCode, trace } from '@opentelemetry/api';
import { INSTRUMENTATION, startRootSpan } from '@selfheal/telemetry';

/** Does work that no message led to (a deadline, a restart) in a span of the heal's own trace, so that what follows stays in it. */
export async function inTrace<T>(name: string, traceId: string, work: () => Promise<T>): Promise<T> {
  const span = startRootSpan(trace.getTracer(INSTRUMENTATION), name, traceId);
  try {
    return await context.with(trace.setSpan(context.active(), span), work);
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.message : String(error) });
    throw error;
  } finally {
    span.end();
  }
}
