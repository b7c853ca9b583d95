import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '@selfheal/stack';
import { useGateway } from '../testing/use-gateway.js';

const port = await freePort();
const demo = createServer(({ method, url }, response) => {
  const answers: Record<string, [number, unknown]> = {
    'GET /faults': [200, { faults: [{ name: 'missing-await' }] }],
    'POST /faults/missing-await': [202, { fault: 'missing-await', answered: 500 }],
    'POST /faults/busy': [409, { type: 'about:blank', title: 'Conflict', status: 409, detail: 'a heal is going on' }],
    'POST /faults/broken': [500, { type: 'about:blank', title: 'Internal Server Error', status: 500, detail: 'git is not there' }],
  };
  const [status, body] = answers[`${method} ${url}`] ?? [404, {}];
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
});

describe('the demo behind the gateway', () => {
  beforeAll(async () => {
    await once(demo.listen(port, '127.0.0.1'), 'listening');
    expect((demo.address() as AddressInfo).port).toBe(port);
  });
  afterAll(() => {
    demo.closeAllConnections();
    demo.close();
  });
  const gateway = useGateway({ DEMO_URL: `http://127.0.0.1:${port}` });
  const ask = async (method: string, path = '') => {
    const response = await fetch(`${gateway.url}/api/v1/demo/faults${path}`, { method });
    return { status: response.status, body: await response.json() };
  };

  it('lists its faults and makes one', async () => {
    expect(await ask('GET')).toEqual({ status: 200, body: { faults: [{ name: 'missing-await' }] } });
    expect(await ask('POST', '/missing-await')).toEqual({ status: 202, body: { fault: 'missing-await', answered: 500 } });
  });

  it('tells that a heal is going on as a conflict, in the words of the demo', async () => {
    expect(await ask('POST', '/busy')).toMatchObject({
      status: 409,
      body: { type: 'urn:selfheal:problem:conflict', detail: 'a heal is going on' },
    });
  });

  it.each([
    ['/unknown', 404],
    ['/broken', 503],
    ['/..%2f..%2fetc', 400],
  ])('answers %s with %i', async (path, status) => {
    expect(await ask('POST', path)).toMatchObject({ status, body: { status } });
  });
});
