import type { ValidationIssue } from '@selfheal/contracts';
import { redactText } from '../redact/redact.js';
import { attempt, bounded, isRecord } from './text.js';

const MAX_ISSUES = 50;

/**
 * What a failed schema validation found: zod's `issues`, ajv's `errors`, Fastify's `validation`, and the messages of
 * fast-json-stringify (Fastify's response serializer), which says it in prose only.
 */
export function issuesFrom(error: unknown): ValidationIssue[] | undefined {
  if (!isRecord(error)) return undefined;
  const list = [() => error.issues, () => error.validation, () => error.errors].map(attempt).find(Array.isArray) as unknown[] | undefined;
  const issues = (list ?? []).filter(isRecord).slice(0, MAX_ISSUES).map(issueFrom);
  if (issues.length > 0) return issues;
  const serialized = serializerIssue(String(attempt(() => error.message) ?? ''));
  return serialized && [serialized];
}

function issueFrom(issue: Record<string, unknown>): ValidationIssue {
  const params = isRecord(issue.params) ? issue.params : {};
  const message = redactText(text(issue.message) ?? 'not valid');
  const expected = text(issue.expected) ?? text(params.type);
  const received = text(issue.received) ?? /received (\w+)$/.exec(message)?.[1];
  const code = text(issue.code) ?? text(issue.keyword);
  return {
    path: pathFrom(issue, params),
    message: bounded(message, 1000),
    ...(code && { code: bounded(code, 64) }),
    ...(expected && { expected: bounded(expected, 256) }),
    ...(received && { received: bounded(received, 256) }),
  };
}

function pathFrom(issue: Record<string, unknown>, params: Record<string, unknown>): (string | number)[] {
  if (Array.isArray(issue.path)) return limited(issue.path);
  const missing = text(params.missingProperty);
  return limited([...pointer(text(issue.instancePath) ?? ''), ...(missing ? [missing] : [])]);
}

/** The parts of a JSON Pointer (RFC 6901). */
const pointer = (value: string): string[] =>
  value
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));

const limited = (path: readonly unknown[]): (string | number)[] =>
  path.slice(0, 32).map((part) => (typeof part === 'number' && Number.isFinite(part) ? part : bounded(String(part), 256)));

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function serializerIssue(message: string): ValidationIssue | undefined {
  const required = /^"([^"]{1,256})" is required!$/.exec(message);
  if (required?.[1]) return { path: [required[1]], code: 'required', message, expected: 'a value', received: 'undefined' };
  const mismatch = /^The value of '#([^']{0,1024})' does not match schema definition\.$/.exec(message);
  if (!mismatch) return undefined;
  const path = pointer(mismatch[1] ?? '').filter((part) => part !== 'properties' && part !== 'items');
  return { path: limited(path), code: 'schema', message: bounded(message, 1000) };
}
