import { trace } from '@opentelemetry/api';
import { type Logger, type LoggerOptions, pino } from 'pino';

export type { Logger };

/** Values under these keys never reach a log. */
const SECRET_PATHS = ['authorization', 'cookie', 'token', 'password', 'secret', 'api_key'].flatMap((key) => [
  key,
  `*.${key}`,
  `*.*.${key}`,
]);

/** DEL, C1 and the line separators: JSON allows them in strings as they are, but readers break lines at them and terminals obey them. */
const UNESCAPED = /[\u007f-\u009f\u2028\u2029]/g;
const escaped = (control: string): string => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`;

/**
 * JSON lines on stdout, each with the `trace_id` of the span it was written in. Every control character is escaped.
 * A line is out when the call returns, as with `console.log` on a pipe: the last ones of a process are kept, and in order.
 */
export function createLogger(service: string, level: string): Logger {
  const options: LoggerOptions = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: SECRET_PATHS, censor: '[REDACTED]' },
    // Outside its strings JSON has none of these characters, so the whole line can be treated at once.
    hooks: { streamWrite: (line) => line.replace(UNESCAPED, escaped) },
    mixin: () => {
      const span = trace.getActiveSpan()?.spanContext();
      return span ? { trace_id: span.traceId, span_id: span.spanId } : {};
    },
  };
  return pino(options, pino.destination({ sync: true }));
}
