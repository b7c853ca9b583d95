import { describe, expect, it } from '@jest/globals';
import { type FailurePayload, failurePayload, rcaReady } from '@selfheal/contracts';
import type { DiagnoseRequest } from '@selfheal/models';
import { candidatesOf, proposeFixes } from '@selfheal/playbooks';
import { decide } from './decide.js';

const SOURCE = "app.get('/users/:id', (req) => ({ city: req.user.home.city }));\n";
const sources = { revision: '0'.repeat(40), files: new Map([['src/users.ts', SOURCE]]) };
const given = (failure: Partial<FailurePayload>, more: Partial<DiagnoseRequest> = {}): DiagnoseRequest => ({
  failureType: 'FAILURE',
  failure: failurePayload.parse({ service: 'shop', error: { name: 'Error', message: 'x' }, ...failure }),
  sources,
  attempt: 1,
  rejected: new Set(),
  ...more,
});
const nullAddress: Partial<FailurePayload> = {
  route: 'GET /users/:id',
  request: { method: 'GET', path: '/users/7', headers: {} },
  response: { status: 500, body: '{}' },
  error: {
    name: 'TypeError',
    message: "Cannot read properties of null (reading 'city')",
    stack: `TypeError\n    at f (src/users.ts:1:${SOURCE.indexOf('city }') + 1})`,
  },
};
const planOf = (request: DiagnoseRequest) => {
  const answer = decide(request);
  if (!('plan' in answer)) throw new Error(answer.declined.reason);
  return answer.plan;
};

describe('decide', () => {
  it('given a failure that a playbook explains, plans with it, and the wire accepts the plan', () => {
    const plan = planOf(given(nullAddress));
    expect(plan).toMatchObject({ engine: 'rules', playbook: 'null-access', patch_spec: { files: ['src/users.ts'] } });
    expect(rcaReady.safeParse({ ...plan, attempt: 1, base_revision: '0'.repeat(40) }).success).toBe(true);
  });

  it('shows evidence worth reading: the source, the request', () => {
    const { evidence } = planOf(given(nullAddress)).cause;
    expect(evidence[0]).toMatchObject({
      kind: 'source',
      location: { file: 'src/users.ts', line: 1 },
      excerpt: expect.stringContaining('> '),
    });
    expect(evidence).toContainEqual(expect.objectContaining({ kind: 'request', summary: 'GET /users/7, answered 500' }));
  });

  it('given a patch that did not hold, plans one that is another, less sure of itself', () => {
    const first = planOf(given(nullAddress));
    const { failure } = given(nullAddress);
    const tried = candidatesOf(proposeFixes(first, failure, sources), sources);
    const second = planOf(given(nullAddress, { attempt: 2, rejected: new Set([tried[0]?.digest ?? '']) }));
    expect(second.playbook).toBe('null-access');
    expect(second.confidence).toBeLessThan(first.confidence);
  });

  it('is less sure of a playbook that did not hold in earlier heals, and surer of one that did', () => {
    const sure = (known: number) => planOf(given(nullAddress, { trackRecord: (name) => (name === 'null-access' ? known : 1) })).confidence;
    expect(sure(2)).toBeGreaterThan(sure(1));
    expect(sure(2)).toBeLessThanOrEqual(1);
    expect(sure(0.9)).toBeLessThan(sure(1));
  });

  it('given that every patch was tried, declines and says what was tried', () => {
    const { failure } = given(nullAddress);
    const tried = candidatesOf(proposeFixes(planOf(given(nullAddress)), failure, sources), sources);
    const answer = decide(given(nullAddress, { attempt: 2, rejected: new Set(tried.map(({ digest }) => digest)) }));
    expect(answer).toMatchObject({
      declined: { code: 'no-playbook', tried: expect.arrayContaining([expect.stringMatching(/^null-access: .*was tried/)]) },
    });
  });

  it('given a failure that nothing explains, says of each playbook why not', () => {
    const answer = decide(given({ error: { name: 'Error', message: 'the disk is full' } }));
    expect(answer).toMatchObject({ declined: { code: 'no-playbook', reason: expect.stringContaining('the disk is full') } });
    if ('declined' in answer) expect(answer.declined.tried.length).toBeGreaterThan(10);
  });
});
