import type { TestError } from '../oracle/oracle.js';

const NO_HOST = /\b(?:getaddrinfo|queryA{1,4})? ?(?:ENOTFOUND|EAI_AGAIN)\b[ :]+([\w.-]+)/;
const NO_ANSWER = /\b(?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT):? +(\[?[\w.:-]*\]?):(\d+)(?![\w.:])/;
const LOOPBACK = /^(?:localhost|.*\.localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[?::1?\]?|\[?::ffff:127\..*)$/i;

/**
 * The host that a failure needs and cannot reach: only when every failure is about the network, and about another
 * machine (a refused connection to this one is a bug or a service that was not started).
 */
export function neededHost(failures: readonly TestError[]): string | undefined {
  const hosts = failures.map(hostIn);
  const [first] = hosts;
  return first !== undefined && hosts.every((host) => host !== undefined) ? first : undefined;
}

function hostIn({ message, stack }: TestError): string | undefined {
  const host = (NO_HOST.exec(message) ?? NO_ANSWER.exec(message) ?? NO_HOST.exec(causeOf(stack)) ?? NO_ANSWER.exec(causeOf(stack)))?.[1];
  return host === undefined || LOOPBACK.test(host) ? undefined : host;
}

/** `fetch failed` says why in its cause, which Node prints in the stack. */
function causeOf(stack: string): string {
  const cause = stack.indexOf('[cause]');
  return cause < 0 ? '' : stack.slice(cause);
}
