import type { RecordedRequest, RecordedResponse } from '@selfheal/contracts';
import type { Exchange } from '../capture/exchange.js';
import { redactBody, redactHeader, redactUrl } from '../redact/redact.js';
import { bounded } from './text.js';

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE']);
/** Headers that belong to one connection (RFC 9110, section 7.6.1) or to one message: a replay makes its own. */
const OWN = new Set(['connection', 'keep-alive', 'transfer-encoding', 'te', 'trailer', 'upgrade', 'host', 'content-length', 'expect']);
const PATH = /^\/(?!\/)[^\s\\]{0,4095}$/;
const MAX_HEADERS = 64;
const MAX_BODY = 65_536;

/**
 * The request as a replay needs it, redacted. Nothing when it could not be replayed as it was: a body that is binary
 * or was too long to keep, a method or a target that the contract has no place for.
 */
export function recordedRequest({ method, url, headers, requestBody }: Exchange): RecordedRequest | undefined {
  const path = redactUrl(url);
  const type = headers['content-type'];
  const body = requestBody.text(type);
  if (!METHODS.has(method) || !PATH.test(path) || body === undefined) return undefined;
  const clean = redactBody(body, type);
  if (clean.length > MAX_BODY) return undefined;
  return {
    method: method as RecordedRequest['method'],
    path,
    headers: recordedHeaders(headers),
    ...(body !== '' && { body: clean.toWellFormed() }),
  };
}

function recordedHeaders(headers: Exchange['headers']): Record<string, string> {
  const kept = Object.entries(headers).flatMap(([name, value]): [string, string][] => {
    if (value === undefined || OWN.has(name) || name.length > 128) return [];
    const joined = Array.isArray(value) ? value.join(', ') : value;
    return [[name, bounded(redactHeader(name, joined), 4096)]];
  });
  return Object.fromEntries(kept.slice(0, MAX_HEADERS));
}

/** The response, redacted. Without a body when that is binary, compressed or too long. */
export function recordedResponse({ status, responseBody, responseType }: Exchange): RecordedResponse | undefined {
  if (status === undefined || status < 100 || status > 599) return undefined;
  const body = responseBody.text(responseType);
  const clean = body === undefined ? undefined : redactBody(body, responseType).toWellFormed();
  return { status, ...(clean !== undefined && clean.length <= MAX_BODY && { body: clean }) };
}
