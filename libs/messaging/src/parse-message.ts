import {
  type AnyHealingEvent,
  type FailureEvent,
  failureEvent,
  failureSubject,
  healingSubject,
  issuesOf,
  MAX_FAILURE_BYTES,
  parseHealingEvent,
} from '@selfheal/contracts';
import { z } from 'zod';
import { TerminalError } from './errors.js';

/** A failure event as it came: hostile until proven otherwise. @throws TerminalError `too-large`, `malformed`, `service-mismatch` */
export function parseFailure(subject: string, data: Uint8Array): FailureEvent {
  if (data.length > MAX_FAILURE_BYTES) {
    throw new TerminalError(
      'too-large',
      `a failure event may have ${MAX_FAILURE_BYTES} bytes, this one has ${data.length}: send less of the stack or body`,
    );
  }
  const event = checked(() => failureEvent.parse(parseJson(data)));
  if (failureSubject(event.payload.service) !== subject) {
    throw new TerminalError('service-mismatch', `payload.service is ${event.payload.service} but the event came on ${subject}`);
  }
  return event;
}

/** An event of a heal, whose subject must say the same as its envelope. @throws TerminalError `malformed` */
export function parseHealing(subject: string, data: Uint8Array): AnyHealingEvent {
  const event = checked(() => parseHealingEvent(parseJson(data)));
  const expected = healingSubject(event.trace_id, event.type, event.payload.attempt);
  if (expected !== subject) throw new TerminalError('malformed', `the envelope says ${expected}, the subject ${subject}`);
  return event;
}

function parseJson(data: Uint8Array): unknown {
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(data));
}

function checked<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    const reason =
      error instanceof z.ZodError ? issuesOf(error).join('; ') : `not JSON in UTF-8: ${error instanceof Error ? error.message : error}`;
    throw new TerminalError('malformed', reason.slice(0, 2000), { cause: error });
  }
}
