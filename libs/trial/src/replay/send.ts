import { request as httpRequest, type IncomingMessage, validateHeaderName, validateHeaderValue } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isNativeError } from 'node:util/types';
import type { RecordedRequest } from '@selfheal/contracts';
import type { Answer } from './judge.js';

/** Marks a replay with the trace id of its heal, so that the emitter in the target does not report it as a failure. */
export const REPLAY_HEADER = 'selfheal-replay';

/** Of a response no more is read. Bytes. */
const MAX_BODY_BYTES = 1024 * 1024;

/**
 * Never replayed: hop-by-hop fields (RFC 9110, section 7.6.1), those the sender sets itself, the trace of the recorded
 * request, and what would get an encoded body.
 */
const DROPPED: ReadonlySet<string> = new Set([
  ...['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection', 'te', 'trailer', 'transfer-encoding'],
  ...['upgrade', 'host', 'content-length', 'expect', 'traceparent', 'tracestate', 'baggage', 'accept-encoding', REPLAY_HEADER],
]);

export interface SendOptions {
  /** Milliseconds until the request is given up. */
  readonly timeoutMs: number;
  readonly traceId: string;
  /** Ends the replay; the call then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * Sends a recorded request to the server at `baseUrl`, on a connection of its own, and reads its answer. Whatever the
 * request's path says, host and port are those of `baseUrl`; redirects are not followed. A server that does not answer
 * is an answer too: only `signal` rejects.
 */
export async function send(baseUrl: string, request: RecordedRequest, { timeoutMs, traceId, signal }: SendOptions): Promise<Answer> {
  signal?.throwIfAborted();
  const timeout = AbortSignal.timeout(timeoutMs);
  const startedAt = performance.now();
  const answer = await exchange(new URL(baseUrl), request, traceId, signal ? AbortSignal.any([timeout, signal]) : timeout).catch(
    (error: unknown) => ({ body: '', failure: timeout.aborted ? `no answer within ${timeoutMs} ms` : describe(error) }),
  );
  signal?.throwIfAborted();
  return { ...answer, duration_ms: performance.now() - startedAt };
}

async function exchange(base: URL, request: RecordedRequest, traceId: string, signal: AbortSignal): Promise<Omit<Answer, 'duration_ms'>> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const start = base.protocol === 'https:' ? httpsRequest : httpRequest;
    const path = base.pathname.replace(/\/$/, '') + escapePath(request.path);
    const { hostname, port } = base;
    const headers = { ...replayedHeaders(request.headers), [REPLAY_HEADER]: traceId, connection: 'close' };
    const target = {
      hostname: hostname.replace(/^\[|\]$/g, ''),
      port,
      path,
      method: request.method,
      headers,
      agent: false as const,
      signal,
    };
    const outgoing = start(target, resolve).on('error', reject);
    if (request.body !== undefined) outgoing.setHeader('content-length', Buffer.byteLength(request.body));
    outgoing.end(request.body);
  });
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MAX_BODY_BYTES) break;
  }
  return { status: response.statusCode, body: Buffer.concat(chunks).toString('utf8', 0, MAX_BODY_BYTES) };
}

/** Recorded header fields that may be sent again. Invalid ones are left out: they never came from a real request. */
export function replayedHeaders(recorded: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(recorded).map(([name, value]) => [name.toLowerCase(), value] as const);
  const listed = entries.filter(([name]) => name === 'connection').flatMap(([, value]) => value.toLowerCase().split(/\s*,\s*/));
  return Object.fromEntries(entries.filter(([name, value]) => !DROPPED.has(name) && !listed.includes(name) && isValid(name, value)));
}

function isValid(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}

/** Characters that a request line cannot carry (RFC 3986, section 2), percent-encoded; the rest as recorded. */
const escapePath = (path: string): string => path.toWellFormed().replace(/[^\x21-\x7e]/gu, encodeURIComponent);

const describe = (error: unknown): string => {
  if (!isNativeError(error)) return String(error);
  return 'code' in error && typeof error.code === 'string' ? `${error.code}: ${error.message}` : error.message;
};
