import { inspect } from 'node:util';
import type { FailureError } from '@selfheal/contracts';
import { redactText } from '../redact/redact.js';
import { issuesFrom } from './issues.js';
import { relativeStack, withoutRoots } from './stack.js';
import { attempt, bounded, isRecord } from './text.js';

const MAX_CAUSES = 3;

/**
 * What was thrown, as the wire carries it. Anything can be thrown, so nothing is taken for granted: a value that is no
 * error becomes a `NonError`, a getter that throws is skipped, and every text is redacted, relative and bounded.
 */
export function failureError(thrown: unknown, roots: readonly string[]): FailureError {
  const clean = (text: string, max: number): string => bounded(redactText(withoutRoots(bounded(text, 4 * max), roots)), max);
  if (!isRecord(thrown)) return { name: 'NonError', message: clean(attempt(() => inspect(thrown)) ?? 'unknown', 8192) };
  const isError = attempt(() => thrown instanceof Error || typeof thrown.message === 'string');
  const message = isError ? read(thrown, 'message') : attempt(() => inspect(thrown, { depth: 2, breakLength: 120 }));
  const stack = stackOf(thrown);
  const code = attempt(() => thrown.code);
  const issues = issuesFrom(thrown);
  return {
    name: clean(read(thrown, 'name') || (isError ? 'Error' : 'NonError'), 256),
    message: clean(message ?? '', 8192),
    ...(stack && { stack: bounded(redactText(relativeStack(bounded(stack, 65_536), roots)), 32_768) }),
    ...((typeof code === 'string' || typeof code === 'number') && { code: bounded(String(code), 128) }),
    ...(issues && { issues }),
  };
}

/** The stack, and those of its causes below it. */
function stackOf(thrown: Record<string, unknown>): string | undefined {
  const stacks: string[] = [];
  for (let error: unknown = thrown; isRecord(error) && stacks.length < MAX_CAUSES; ) {
    const stack = read(error, 'stack');
    if (stack) stacks.push(stack);
    const current: Record<string, unknown> = error;
    error = stack ? attempt(() => current.cause) : undefined;
  }
  return stacks.length > 0 ? stacks.join('\nCaused by: ') : undefined;
}

function read(error: Record<string, unknown>, field: string): string | undefined {
  const value = attempt(() => error[field]);
  return typeof value === 'string' ? value : undefined;
}
