import { describe, expect, it } from '@jest/globals';
import { disposition, MAX_DELIVERIES } from './disposition.js';
import { RetryableError, TerminalError } from './errors.js';

describe('disposition', () => {
  it('buries a terminal error at once, with its code', () => {
    expect(disposition(new TerminalError('unknown-target', 'no target is named x'), 1)).toEqual({
      do: 'bury',
      code: 'unknown-target',
      reason: 'no target is named x',
    });
  });

  it('believes an error of another library that says so of itself', () => {
    const unknown = Object.assign(new Error('no target is named x'), { retryable: false, code: 'unknown-target' });
    expect(disposition(unknown, 1)).toMatchObject({ do: 'bury', code: 'unknown-target' });
  });

  it('retries anything else, later each time, never later than half a minute', () => {
    const delays = [1, 2, 3, 4, 5].map((deliveries) => disposition(new Error('database is down'), deliveries));
    expect(delays).toEqual([250, 500, 1000, 2000, 4000].map((delayMs) => ({ do: 'retry', delayMs })));
  });

  it('waits as long as a retryable error asks', () => {
    expect(disposition(new RetryableError('busy', 42), 3)).toEqual({ do: 'retry', delayMs: 42 });
  });

  it('gives up after the last delivery and says what the error was', () => {
    expect(disposition(new Error('still down'), MAX_DELIVERIES)).toMatchObject({
      do: 'bury',
      code: 'deliveries-exhausted',
      reason: expect.stringContaining('still down'),
    });
  });
});
