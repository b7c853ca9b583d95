import { afterEach, describe, expect, it } from '@jest/globals';
import { PROBLEM_JSON, type Problem } from '@selfheal/contracts';
import type { ManagedProcess } from '@selfheal/stack';
import { aTraceId, useNats, usePostgres } from '@selfheal/testing';
import { spawnGateway, useGateway } from '../testing/use-gateway.js';

describe('a gateway that has all it needs', () => {
  const gateway = useGateway();
  const get = (path: string) => fetch(`${gateway.url}/${path}`);

  it('lives and is ready', async () => {
    for (const path of ['healthz', 'readyz']) expect(await (await get(path)).json()).toEqual({ status: 'ok' });
  });

  it('tells its metrics as Prometheus text', async () => {
    const reader = new AbortController();
    await fetch(`${gateway.url}/api/v1/events`, { signal: reader.signal });
    const response = await get('metrics');
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
    const text = await response.text();
    expect(text).toMatch(/^# TYPE selfheal_sse_clients gauge$/m);
    expect(text).toMatch(/^selfheal_sse_clients(\{.*\})? 1( \d+)?$/m);
    reader.abort();
  });

  it('documents every path', async () => {
    expect((await get('docs')).headers.get('content-type')).toMatch(/^text\/html/);
    const document = (await (await get('docs-json')).json()) as { openapi: string; paths: Record<string, Record<string, unknown>> };
    expect(document.openapi).toMatch(/^3\./);
    const operations = Object.entries(document.paths).flatMap(([path, verbs]) => Object.keys(verbs).map((verb) => `${verb} ${path}`));
    expect(operations.sort()).toEqual([
      'get /api/v1/demo/faults',
      'get /api/v1/events',
      'get /api/v1/targets',
      'get /api/v1/traces',
      'get /api/v1/traces/{trace_id}',
      'get /api/v1/traces/{trace_id}/events',
      'post /api/v1/demo/faults/{name}',
      'post /api/v1/failures',
      'post /api/v1/traces/{trace_id}/approval',
    ]);
  });

  it.each([
    ['GET', 'api/v1/demo/faults'],
    ['POST', 'api/v1/demo/faults/renamed-field'],
    ['GET', 'api/v1/nothing'],
    ['DELETE', 'api/v1/traces'],
  ])('has no %s %s', async (method, path) => {
    const response = await fetch(`${gateway.url}/${path}`, { method });
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toContain(PROBLEM_JSON);
    expect(await response.json()).toMatchObject({ status: 404, instance: `/${path}` });
  });

  it('lets the pages of this machine in, and no page that someone merely visits', async () => {
    const preflight = async (origin: string) => {
      const headers = { origin, 'access-control-request-method': 'POST' };
      const answer = await fetch(`${gateway.url}/api/v1/failures`, { method: 'OPTIONS', headers });
      return answer.headers.get('access-control-allow-origin');
    };
    expect(await preflight('http://localhost:3000')).toBe('http://localhost:3000');
    expect(await preflight('http://ui.example')).toBeNull();
  });
});

describe('a gateway that lets one origin in', () => {
  const gateway = useGateway({ CORS_ORIGINS: 'http://ui.example, http://other.example' });

  it('names that origin, in event streams too, and no other', async () => {
    const allowed = async (path: string, origin: string) => {
      const reader = new AbortController();
      const { headers } = await fetch(`${gateway.url}/api/v1/${path}`, { headers: { origin }, signal: reader.signal });
      reader.abort();
      return headers.get('access-control-allow-origin');
    };
    for (const path of ['targets', 'events']) {
      expect(await allowed(path, 'http://ui.example')).toBe('http://ui.example');
      expect(await allowed(path, 'http://evil.example')).toBeNull();
    }
  });
});

describe('a gateway that misses something', () => {
  const started: ManagedProcess[] = [];
  afterEach(() => Promise.all(started.splice(0).map((process) => process.stop())));
  const nats = useNats();
  const postgres = usePostgres();
  const start = async () => {
    const gateway = await spawnGateway({ NATS_URL: nats.url, DATABASE_URL: postgres.url, LOG_LEVEL: 'silent' });
    started.push(gateway.process);
    return gateway.url;
  };
  const problemAt = async (url: string): Promise<Problem> => {
    const response = await fetch(url);
    expect(response.headers.get('content-type')).toContain(PROBLEM_JSON);
    return (await response.json()) as Problem;
  };

  it('says so while the database has no tables yet', async () => {
    const url = await start();
    for (const path of ['traces', `traces/${aTraceId()}`]) {
      const problem = await problemAt(`${url}/api/v1/${path}`);
      expect(problem).toMatchObject({ status: 503, type: 'urn:selfheal:problem:unavailable', instance: `/api/v1/${path}` });
    }
    expect(await problemAt(`${url}/readyz`)).toMatchObject({ status: 503, detail: 'no answer from: database' });
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  it('names the broker when it is silent, at once, and is ready again when it is back', async () => {
    const url = await start();
    await nats.server.kill9?.();
    const asked = performance.now();
    expect((await problemAt(`${url}/readyz`)).detail).toBe('no answer from: broker, database');
    expect(performance.now() - asked).toBeLessThan(5_000);
    await nats.server.restart();
    let detail: string | undefined;
    for (let tries = 0; tries < 500 && detail !== 'no answer from: database'; tries++) detail = (await problemAt(`${url}/readyz`)).detail;
    expect(detail).toBe('no answer from: database');
  });
});
