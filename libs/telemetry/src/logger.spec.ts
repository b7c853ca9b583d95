import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { context, trace } from '@opentelemetry/api';
import { type DestinationStream, symbols } from 'pino';
import { startRootSpan } from './heal-ids.js';
import { createLogger, type Logger } from './logger.js';
import { startTelemetry } from './telemetry.js';

/** What the logger would write to stdout, in its own configuration. */
function lines(act: (logger: Logger) => void, level = 'info'): string[] {
  const logger = createLogger('rca', level);
  const stdout = (logger as unknown as { [symbols.streamSym]: DestinationStream })[symbols.streamSym];
  const written: string[] = [];
  jest.spyOn(stdout, 'write').mockImplementation((text) => void written.push(text));
  act(logger);
  return written;
}
const line = (act: (logger: Logger) => void): Record<string, unknown> => {
  const [only, ...more] = lines(act);
  expect(more).toEqual([]);
  return JSON.parse(only ?? '') as Record<string, unknown>;
};

describe('createLogger', () => {
  it('writes JSON with service, level by name and time, and nothing below its level', () => {
    expect(line((log) => log.warn({ port: 1 }, 'ready'))).toEqual({
      level: 'warn',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      service: 'rca',
      port: 1,
      msg: 'ready',
    });
    expect(lines((log) => log.info('quiet'), 'warn')).toEqual([]);
  });

  describe('redaction', () => {
    it.each(['authorization', 'cookie', 'token', 'password', 'secret', 'api_key'])('keeps %s out of a line, to the third level', (key) => {
      const values = { [key]: 'hunter2', kept: 'k' };
      const logged = lines((log) => log.info({ ...values, headers: values, request: { headers: values } }, 'replayed')).join('');
      expect(logged).not.toContain('hunter2');
      const censored = { [key]: '[REDACTED]', kept: 'k' };
      expect(JSON.parse(logged)).toMatchObject({ ...censored, headers: censored, request: { headers: censored } });
    });
  });

  describe('trace ids', () => {
    const telemetry = startTelemetry('selfheal-test');
    afterAll(async () => await telemetry.shutdown());

    it('puts the trace of the active span, which is that of the heal, into a line', () => {
      const traceId = 'ab'.repeat(16);
      const span = startRootSpan(trace.getTracer('test'), 'heal', traceId);
      const inside = line((log) => context.with(trace.setSpan(context.active(), span), () => log.info('in')));
      expect(inside).toMatchObject({ trace_id: traceId, span_id: span.spanContext().spanId });
      span.end();
    });

    it('leaves them out where no span is active', () => {
      expect(Object.keys(line((log) => log.info('out')))).toEqual(['level', 'time', 'service', 'msg']);
    });
  });

  describe('forged lines', () => {
    const forged = (control: string) => `no${control}{"level":"info","msg":"healed"}`;
    /** Line breaks of any reader (Unicode 5.8), and what a terminal takes for a command (ECMA-48: C0, DEL and C1). */
    const CONTROLS = {
      LF: '\n',
      'CR LF': '\r\n',
      VT: '\v',
      FF: '\f',
      NUL: '\0',
      BS: '\b',
      ESC: '\x1b[2K',
      DEL: '\x7f',
      NEL: '\x85',
      CSI: '\x9b2K',
      LS: '\u2028',
      PS: '\u2029',
    };

    it.each(Object.entries(CONTROLS))('stay in the line whose text they are: %s', (_, control) => {
      const text = forged(control);
      const error = Object.assign(new Error(text), { code: text });
      const [written = '', ...more] = lines((log) => log.error({ err: error, [text]: text }, text));
      expect(more).toEqual([]);
      expect(written.slice(0, -1)).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      expect(written.at(-1)).toBe('\n');
      expect(JSON.parse(written)).toMatchObject({ msg: text, [text]: text, err: { message: text, code: text } });
    });
  });
});
