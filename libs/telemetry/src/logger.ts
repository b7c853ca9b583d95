import { trace } from '@opentelemetry/api';
import { type Logger, pino } from 'pino';

export type { Logger };

/** Values under these keys never reach a log. */
const SECRET_PATHS = ['authorization', 'cookie', 'token', 'password', 'secret', 'api_key'].flatMap((key) => [
  key,
  `*.${key}`,
  `*.*.${key}`,
]);

/** JSON lines on stdout, each with the `trace_id` of the span it was written in. Control characters are escaped by JSON. */
export function createLogger(service: string, level: string): Logger {
  return pino({
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: SECRET_PATHS, censor: '[REDACTED]' },
    mixin: () => {
      const span = trace.getActiveSpan()?.spanContext();
      return span ? { trace_id: span.traceId, span_id: span.spanId } : {};
    },
  });
}
