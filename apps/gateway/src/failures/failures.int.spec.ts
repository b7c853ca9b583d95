import { describe, expect, it } from '@jest/globals';
import { MAX_FAILURE_BYTES, PROBLEM_JSON, type Problem, STREAMS } from '@selfheal/contracts';
import { aFailure, aTraceId } from '@selfheal/testing';
import { useGateway } from '../testing/use-gateway.js';

const gateway = useGateway();

const post = (body: string) =>
  fetch(`${gateway.url}/api/v1/failures`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
const failures = async () => (await gateway.broker.manager.streams.info(STREAMS.failures.name)).state.messages;
const problemOf = async (response: Response): Promise<Problem> => {
  expect(response.headers.get('content-type')).toContain(PROBLEM_JSON);
  return (await response.json()) as Problem;
};

describe('POST /api/v1/failures', () => {
  it('stores a failure for the detector and says 202', async () => {
    const event = aFailure({}, { trace_id: aTraceId() });
    const response = await post(JSON.stringify(event));
    expect(response.status).toBe(202);
    expect(await response.json()).toEqual({ key: event.key, trace_id: event.trace_id, duplicate: false });
    const stored = await gateway.broker.manager.streams.getMessage(STREAMS.failures.name, { last_by_subj: 'failures.shop' });
    expect(stored.json()).toEqual(event);
    expect(stored.header.get('Nats-Msg-Id')).toBe(`shop.RETURN_API_FAILURE.${event.key}`);
    expect(stored.header.get('traceparent')).toMatch(new RegExp(`^00-${event.trace_id}-[0-9a-f]{16}-01$`));
    expect(['ce-specversion', 'ce-type', 'ce-source', 'ce-id'].map((name) => stored.header.get(name))).toEqual([
      '1.0',
      'RETURN_API_FAILURE',
      'selfheal/gateway',
      event.key,
    ]);
  });

  it('stores a failure that is reported again only once', async () => {
    const event = aFailure();
    const before = await failures();
    const answers = await Promise.all([1, 2, 3].map(async () => (await post(JSON.stringify(event))).json() as Promise<object>));
    expect(answers.filter((answer) => 'duplicate' in answer && answer.duplicate === true)).toHaveLength(2);
    expect(await failures()).toBe(before + 1);
    await post(JSON.stringify({ ...event, type: 'CART_API_FAILURE' }));
    expect(await failures()).toBe(before + 2);
  });

  it('names each field that is wrong, and stores nothing', async () => {
    const before = await failures();
    const { error: _, ...payload } = aFailure().payload;
    const response = await post(JSON.stringify({ ...aFailure(), type: 'OOPS', payload: { ...payload, service: 'a b' } }));
    expect(response.status).toBe(400);
    const problem = await problemOf(response);
    expect(problem).toMatchObject({ type: 'urn:selfheal:problem:invalid-request', status: 400, instance: '/api/v1/failures' });
    expect(problem.errors?.map(({ pointer }) => pointer).sort()).toEqual(['/payload/error', '/payload/service', '/type']);
    expect(await failures()).toBe(before);
  });

  it.each([
    ['a body that is not JSON', '{"type":', 400],
    ['no body', '', 400],
    ['a body that is too large', JSON.stringify({ text: 'x'.repeat(MAX_FAILURE_BYTES) }), 413],
    ['JSON that reaches for the prototype', '{"__proto__": {"polluted": true}}', 400],
  ])('refuses %s', async (_what, body, status) => {
    const response = await post(body);
    expect(response.status).toBe(status);
    expect(await problemOf(response)).toMatchObject({ status });
  });

  it('refuses a body that is not called JSON', async () => {
    const response = await fetch(`${gateway.url}/api/v1/failures`, {
      method: 'POST',
      body: '<xml/>',
      headers: { 'content-type': 'text/xml' },
    });
    expect(response.status).toBe(415);
    expect(await problemOf(response)).toMatchObject({ status: 415 });
  });

  it('refuses a target that it does not know and names those it does', async () => {
    const response = await post(JSON.stringify(aFailure({ service: 'warehouse' })));
    expect(response.status).toBe(400);
    expect((await problemOf(response)).errors).toEqual([
      { pointer: '/payload/service', detail: 'no target is named warehouse; known: shop' },
    ]);
  });
});
