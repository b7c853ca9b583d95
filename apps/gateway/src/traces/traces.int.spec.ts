import { beforeAll, describe, expect, it } from '@jest/globals';
import { type AnyHealingEvent, type HealingTrace, healingTrace, PROBLEM_JSON, type Problem } from '@selfheal/contracts';
import { aHealed, aHealingStarted, anRcaReady, aTraceId } from '@selfheal/testing';
import { z } from 'zod';
import { useGateway } from '../testing/use-gateway.js';

const gateway = useGateway();
const [healed, open, other] = [aTraceId(), aTraceId(), aTraceId()];
const at = (seq: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, seq)).toISOString();

beforeAll(async () => {
  const events = [
    aHealingStarted({ failed_at: at(1) }, { trace: healed }),
    anRcaReady({}, { trace: healed }),
    aHealed({}, { trace: healed }),
    aHealingStarted({ failed_at: at(4) }, { trace: open }),
    aHealingStarted({ target: 'warehouse', failed_at: at(5) }, { trace: other }),
  ];
  for (const [i, event] of events.entries()) {
    await gateway.heals.project({ seq: i + 1, at: at(i + 1), event: event as AnyHealingEvent });
  }
});

const get = (path: string) => fetch(`${gateway.url}/api/v1/${path}`);
const list = async (query = ''): Promise<HealingTrace[]> => {
  const response = await get(`traces${query}`);
  expect(response.status).toBe(200);
  return z.object({ traces: z.array(healingTrace) }).parse(await response.json()).traces;
};
const ids = async (query = '') => (await list(query)).map(({ trace_id }) => trace_id);

describe('GET /api/v1/traces', () => {
  it('lists heals, newest first', async () => {
    expect(await ids()).toEqual([other, open, healed]);
  });

  it('filters and pages', async () => {
    expect(await ids('?status=HEALED')).toEqual([healed]);
    expect(await ids('?target=warehouse')).toEqual([other]);
    expect(await ids('?limit=2')).toEqual([other, open]);
    expect(await ids(`?limit=2&before=${open}`)).toEqual([healed]);
  });

  it.each([
    ['limit=0', '/limit'],
    ['limit=201', '/limit'],
    ['limit=ten', '/limit'],
    ['status=DONE', '/status'],
    ['target=a%20b', '/target'],
    ['before=1', '/before'],
    ['colour=red', ''],
  ])('refuses ?%s', async (query, pointer) => {
    const response = await get(`traces?${query}`);
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toContain(PROBLEM_JSON);
    const problem = (await response.json()) as Problem;
    expect(problem.errors?.map((error) => error.pointer)).toEqual([pointer]);
    expect(problem.instance).toBe('/api/v1/traces');
  });
});

describe('GET /api/v1/traces/:trace_id', () => {
  it('gives one heal, folded', async () => {
    const trace = healingTrace.parse(await (await get(`traces/${healed}`)).json());
    expect(trace).toMatchObject({ trace_id: healed, status: 'HEALED', target: 'shop' });
    expect(trace.audit).toHaveLength(3);
  });

  it.each([
    ['an unknown heal', aTraceId(), 404],
    ['what is no trace id', 'latest', 400],
    ['SQL', encodeURIComponent("' OR 1=1 --"), 400],
  ])('answers for %s with a problem', async (_what, id, status) => {
    const response = await get(`traces/${id}`);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toContain(PROBLEM_JSON);
    expect(await response.json()).toMatchObject({ status });
  });
});

describe('GET /api/v1/targets', () => {
  it('tells what may be healed', async () => {
    expect(await (await get('targets')).json()).toEqual({ targets: [{ name: 'shop', autonomy: 'auto', strategy: 'hot-reload' }] });
  });
});
