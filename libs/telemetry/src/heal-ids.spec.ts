import { describe, expect, it } from '@jest/globals';
import type { Tracer } from '@opentelemetry/api';
import { HealIdGenerator, startRootSpan } from './heal-ids.js';

describe('startRootSpan', () => {
  const ids = new HealIdGenerator();
  const seen: string[] = [];
  const tracer = { startSpan: () => void seen.push(ids.generateTraceId()) } as unknown as Tracer;
  const broken = {
    startSpan: () => {
      throw new Error('no');
    },
  } as unknown as Tracer;

  it('gives the root span the trace id asked for, and the next trace one of its own', () => {
    startRootSpan(tracer, 'x', 'ab'.repeat(16));
    expect(seen).toEqual(['ab'.repeat(16)]);
    expect(ids.generateTraceId()).toMatch(/^(?!abab)[0-9a-f]{32}$/);
    expect(ids.generateSpanId()).toMatch(/^[0-9a-f]{16}$/);
  });

  it('forgets the id also when the span could not be started', () => {
    expect(() => startRootSpan(broken, 'x', 'cd'.repeat(16))).toThrow('no');
    expect(ids.generateTraceId()).not.toBe('cd'.repeat(16));
  });
});
