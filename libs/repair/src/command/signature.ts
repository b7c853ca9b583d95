import type { TestError } from '../oracle/oracle.js';
import type { Recording } from './recording.js';

/**
 * What must be equal for two runs to have failed in the same way: the failing tests; where none are known the error,
 * without what differs from run to run anyway; where there is none the exit code.
 */
export function signatureOf({ run, exitCode, signal }: Recording): string {
  if (run.outcome === 'passed' || run.outcome === 'timeout') return run.outcome;
  const failed = run.tests.filter(({ state }) => state === 'failed').map(({ id }) => normalise(id));
  if (failed.length > 0) return `failed ${failed.sort().join('\n')}`;
  return run.error === undefined ? `exit ${exitCode ?? signal}` : `error ${errorLine(run.error)}`;
}

function errorLine({ name, message }: TestError): string {
  return `${name}: ${normalise(message)}`;
}

/** Takes out times, ports, temporary paths, addresses in memory, ids and pids. */
export function normalise(text: string): string {
  return text
    .replace(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?/g, '<time>')
    .replace(/\b\d\d:\d\d:\d\d(?:\.\d+)?\b/g, '<time>')
    .replace(/\b\d+(?:\.\d+)? ?(?:ms|µs|us|ns|s|sec|seconds|min|minutes)\b/g, '<duration>')
    .replace(/(?:\/private)?\/(?:var\/)?(?:tmp|folders)\/[^\s'"):,]+/g, '<temp>')
    .replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '<uuid>')
    .replace(/\b0x[0-9a-f]{4,}\b/gi, '<address>')
    .replace(/((?:localhost|\d{1,3}(?:\.\d{1,3}){3}|\[?::\d?\]?|\bport):? ?)\d{2,5}\b/gi, '$1<port>')
    .replace(/\bpid:? ?\d+/gi, 'pid <pid>')
    .replace(/\b1[6-9]\d{8}(?:\d{3})?\b/g, '<time>');
}
