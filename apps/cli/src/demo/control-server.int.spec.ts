import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadFaults, repositoryRoot } from '@selfheal/stack';
import { Busy, type ControlServer, startControlServer } from './control-server.js';

describe('the demo control', () => {
  const broken: string[] = [];
  let control: ControlServer;
  let busy = false;
  beforeAll(async () => {
    const catalogue = await loadFaults(join(repositoryRoot, 'apps', 'shop', 'faults'));
    control = await startControlServer(catalogue, async ({ name }) => {
      if (busy) throw new Busy('a heal is going on');
      broken.push(name);
      return 500;
    });
  });
  afterAll(() => control.close());
  const call = async (method: string, path: string) => {
    const response = await fetch(`${control.url}${path}`, { method });
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      body: (await response.json()) as Record<string, unknown>,
    };
  };

  it('lists the catalogue without the patches', async () => {
    const { status, body } = await call('GET', '/faults');
    expect(status).toBe(200);
    expect(body).toMatchObject({ faults: expect.arrayContaining([expect.objectContaining({ name: 'returns-schema-mismatch' })]) });
    expect(JSON.stringify(body)).not.toContain('diff --git');
  });

  it('breaks the shop by a fault of the catalogue', async () => {
    expect(await call('POST', '/faults/missing-await')).toMatchObject({ status: 202, body: { fault: 'missing-await', answered: 500 } });
    expect(broken).toEqual(['missing-await']);
  });

  it('refuses while a heal is going on', async () => {
    busy = true;
    expect(await call('POST', '/faults/missing-await')).toMatchObject({
      status: 409,
      type: 'application/problem+json',
      body: { detail: 'a heal is going on' },
    });
    busy = false;
  });

  it.each([
    ['POST', '/faults/no-such-fault', 404],
    ['POST', '/faults/..%2F..', 404],
    ['GET', '/', 404],
    ['DELETE', '/faults', 405],
    ['GET', '/faults/missing-await', 405],
  ])('answers %s %s with %i', async (method, path, status) => {
    expect(await call(method, path)).toMatchObject({ status, body: { status } });
  });
});
