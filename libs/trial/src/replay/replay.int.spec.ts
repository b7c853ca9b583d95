import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RecordedRequest } from '@selfheal/contracts';
import { replayRequest } from './replay.js';

const traceId = 'a'.repeat(32);
let seen: { url?: string; headers: IncomingMessage['headers']; method?: string; body: string }[] = [];
const server = createServer((request, response) => {
  if (request.url === '/hang') return;
  if (request.url === '/reset') return void request.socket.destroy();
  if (request.url === '/half') return void response.writeHead(200, { 'content-length': 10 }).write('x', () => request.socket.destroy());
  if (request.url === '/endless') {
    response.on('drain', () => response.write('x'.repeat(65_536)));
    return void response.write('x'.repeat(65_536));
  }
  void text(request).then((body) => {
    seen.push({ url: request.url, headers: request.headers, method: request.method, body });
    if (request.url === '/away') return response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
    return response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
  });
});
let base: string;

beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const replay = (request: Partial<RecordedRequest>, timeoutMs = 2000, at = base) =>
  replayRequest(at, { method: 'GET', path: '/', headers: {}, ...request }, { timeoutMs, traceId });

describe('replayRequest', () => {
  it('sends method, path, headers and body as recorded, marked as a replay', async () => {
    seen = [];
    const headers = { 'Content-Type': 'text/plain', 'X-User': 'u1', 'idempotency-key': 'k' };
    const result = await replay({ method: 'POST', path: '/a%2Fb/../c?x=1&y=a%20b', headers, body: 'grüße' });
    expect(result).toMatchObject({ request: { method: 'POST', path: '/a%2Fb/../c?x=1&y=a%20b' }, passed: true, status: 200, reason: '' });
    expect(seen[0]).toMatchObject({ url: '/a%2Fb/../c?x=1&y=a%20b', method: 'POST', body: 'grüße' });
    expect(seen[0]?.headers).toMatchObject({
      'content-type': 'text/plain',
      'x-user': 'u1',
      'idempotency-key': 'k',
      'selfheal-replay': traceId,
    });
  });

  it('drops what belongs to the recorded connection, and fields that are not valid', async () => {
    seen = [];
    const headers = {
      Host: 'evil.example',
      'content-length': '999',
      'Transfer-Encoding': 'chunked',
      connection: 'keep-alive, X-Hop',
      'x-hop': '1',
      traceparent: '00-1',
      'selfheal-replay': 'forged',
      'bad name': 'x',
      'x-split': 'a\r\nx-injected: 1',
    };
    expect(await replay({ headers })).toMatchObject({ passed: true });
    expect(Object.keys(seen[0]?.headers ?? {}).sort()).toEqual(['connection', 'host', 'selfheal-replay']);
    expect(seen[0]?.headers).toMatchObject({ host: new URL(base).host, 'selfheal-replay': traceId });
  });

  it.each(['/@evil.example/', '/http://evil.example/', '/%0d%0aHost:x', '/?u=http://evil.example', '/ä\u{1F600}'])(
    'asks only its own host for %s',
    async (path) => {
      seen = [];
      expect(await replay({ path })).toMatchObject({ passed: true });
      expect(decodeURIComponent(seen[0]?.url ?? '')).toBe(decodeURIComponent(path));
      expect(seen[0]?.headers.host).toBe(new URL(base).host);
    },
  );

  it('does not follow a redirect', async () => {
    expect(await replay({ path: '/away' })).toMatchObject({ passed: true, status: 302 });
  });

  it.each([
    ['/hang', 100, /no answer within 100 ms/],
    ['/reset', 5000, /ECONNRESET/],
    ['/half', 5000, /ECONNRESET|aborted/],
  ])('does not pass when %s gives no whole answer', async (path, timeoutMs, reason) => {
    expect(await replay({ path }, timeoutMs)).toMatchObject({ passed: false, reason: expect.stringMatching(reason) });
  });

  it('reads no more than it must of an answer without end', async () => {
    expect(await replay({ path: '/endless' })).toMatchObject({ passed: true, status: 200 });
  });

  it('says when nobody listens', async () => {
    expect(await replay({}, 2000, 'http://127.0.0.1:1')).toMatchObject({ passed: false, reason: expect.stringContaining('ECONNREFUSED') });
  });

  it('stops when told to', async () => {
    const request = { method: 'GET' as const, path: '/hang', headers: {} };
    await expect(replayRequest(base, request, { timeoutMs: 5000, traceId, signal: AbortSignal.timeout(20) })).rejects.toThrow();
  });
});
