import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTelemetry, type Telemetry } from '@selfheal/telemetry';
import { type HealthServer, startHealthServer } from './health-server.js';

describe('the health server', () => {
  let telemetry: Telemetry;
  let server: HealthServer;
  let ready = true;
  const start = (port = 0) => startHealthServer({ port, host: '127.0.0.1', ready: () => ready, telemetry });
  const get = (path: string) => fetch(`http://127.0.0.1:${server.port}${path}`);
  const answer = async (path: string) => {
    const response = await get(path);
    return [response.status, await response.json()];
  };

  beforeAll(async () => {
    telemetry = startTelemetry('selfheal-test');
    server = await start();
  });
  afterAll(async () => {
    await server?.close();
    await telemetry?.shutdown();
  });

  it('says that it is ready only while it is', async () => {
    ready = true;
    expect(await answer('/readyz')).toEqual([200, { status: 'ok' }]);
    ready = false;
    expect(await answer('/readyz')).toEqual([503, { status: 'unavailable' }]);
    ready = true;
    expect(await answer('/readyz?verbose')).toEqual([200, { status: 'ok' }]);
  });

  it('says that it lives also while it cannot do its work: no reason to restart it', async () => {
    ready = false;
    expect(await answer('/healthz')).toEqual([200, { status: 'ok' }]);
  });

  it('shows its metrics in the Prometheus text format', async () => {
    const response = await get('/metrics');
    expect([response.status, response.headers.get('content-type')]).toEqual([200, expect.stringMatching(/^text\/plain/)]);
    expect(await response.text()).toMatch(/^target_info\{.*service_name="selfheal-test".*\} 1$/m);
  });

  it.each(['/', '/healthz/', '/readyz/x', '/..%2fhealthz', '//healthz'])('does not know %s', async (path) => {
    expect(await answer(path)).toEqual([404, { status: 'not found' }]);
  });

  it('refuses to start on a port that is taken', async () => {
    await expect(start(server.port)).rejects.toThrow(/EADDRINUSE/);
  });

  it('closes at once, though a client is in the middle of a request', async () => {
    const closing = await start();
    const client = connect(closing.port, '127.0.0.1');
    await once(client, 'connect');
    // One whole request, whose answer shows that the half one behind it has arrived too.
    client.write('GET /healthz HTTP/1.1\r\nHost: a\r\n\r\nGET /healthz HTTP/1.1\r\nHo');
    await once(client, 'data');
    const gone = once(client, 'close');
    await closing.close();
    await gone;
    await expect(fetch(`http://127.0.0.1:${closing.port}/healthz`)).rejects.toThrow();
  });
});
