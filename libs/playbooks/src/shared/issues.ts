import type { FailurePayload, ValidationIssue } from '@selfheal/contracts';
import { parsed } from './expectation.js';

/** A validation issue with what was received, whichever validator said it. */
export interface Issue {
  /** Property names from the root; indexes left out. */
  readonly keys: readonly string[];
  /** The issue is about an element of a list, not about a field. */
  readonly element: boolean;
  readonly code: string;
  readonly message: string;
  readonly expected: string | undefined;
  readonly received: string | undefined;
}

/**
 * The validation issues of a failure: the emitter's, or those in a message that is JSON (ZodError's), or those that
 * fast-json-stringify (`"x" is required!`) and ajv (`must have required property 'x'`) put in words.
 */
export function issuesIn(failure: FailurePayload): Issue[] {
  const { issues, message } = failure.error;
  if (issues && issues.length > 0) return issues.map(toIssue);
  if (message.startsWith('[')) {
    const list = parsed(message);
    return Array.isArray(list) ? list.flatMap((item) => (isIssue(item) ? [toIssue(item)] : [])) : [];
  }
  const required =
    /^"?([\w.$]{1,128})"? is required!$/.exec(message)?.[1] ?? /must have required property '([\w$]{1,128})'/.exec(message)?.[1];
  return required
    ? [{ keys: required.split('.'), element: false, code: 'invalid_type', message, expected: undefined, received: 'undefined' }]
    : [];
}

function isIssue(value: unknown): value is ValidationIssue {
  return (
    typeof value === 'object' &&
    value !== null &&
    'path' in value &&
    Array.isArray(value.path) &&
    'message' in value &&
    typeof value.message === 'string'
  );
}

function toIssue(issue: ValidationIssue): Issue {
  const { path, code = '', message } = issue;
  return {
    keys: path.filter((step) => typeof step === 'string'),
    element: typeof path.at(-1) === 'number',
    code,
    message,
    expected: text(issue.expected) ?? /expected ([\w<>]+)/.exec(message)?.[1],
    received: text(issue.received) ?? /received ([\w<>]+)/.exec(message)?.[1] ?? (message === 'Required' ? 'undefined' : undefined),
  };
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
