import { describe, expect, it } from '@jest/globals';
import type { AnyHealingEvent } from '@selfheal/contracts';
import { aDigest, aGuardrailPassed, aHealingStarted, anEvent, aTraceId } from '@selfheal/testing';
import { useGateway } from '../testing/use-gateway.js';

const gateway = useGateway();
const digest = aDigest('shown');
let seq = 0;

async function project(...events: AnyHealingEvent[]): Promise<void> {
  for (const event of events) {
    seq += 1;
    await gateway.heals.project({ seq, at: new Date().toISOString(), event });
  }
}

/** A heal that waits for a person, as the coordinator has projected it. */
async function awaiting(): Promise<string> {
  const trace = aTraceId();
  await project(
    aHealingStarted({}, { trace }) as AnyHealingEvent,
    aGuardrailPassed({ digest, approval_required: true, approval_reason: 'autonomy is approve' }, { trace }) as AnyHealingEvent,
    anEvent('APPROVAL_REQUESTED', { digest }, { trace }) as AnyHealingEvent,
  );
  return trace;
}

async function decide(trace: string, more: Record<string, unknown> = {}): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${gateway.url}/api/v1/traces/${trace}/approval`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ digest, decision: 'grant', by: 'ana@example.org', ...more }),
  });
  return { status: response.status, body: await response.json() };
}
const found = async (trace: string, type: 'APPROVAL_GRANTED' | 'APPROVAL_DENIED') =>
  (await gateway.broker.journal.find(trace, type, 1))?.event.payload;

describe('POST /api/v1/traces/:trace_id/approval', () => {
  it('grants what was shown, once', async () => {
    const trace = await awaiting();
    expect(await decide(trace, { reason: 'looks right' })).toEqual({ status: 202, body: { status: 'granted' } });
    expect(await found(trace, 'APPROVAL_GRANTED')).toEqual({ attempt: 1, digest, by: 'ana@example.org', reason: 'looks right' });
    expect((await decide(trace)).status).toBe(409);
    expect(await decide(trace, { decision: 'deny' })).toMatchObject({ status: 409, body: { detail: 'someone else has decided already' } });
    expect(await found(trace, 'APPROVAL_DENIED')).toBeUndefined();
  });

  it('denies, and a denial stands', async () => {
    const trace = await awaiting();
    expect(await decide(trace, { decision: 'deny' })).toEqual({ status: 202, body: { status: 'denied' } });
    expect((await decide(trace)).status).toBe(409);
    expect(await found(trace, 'APPROVAL_GRANTED')).toBeUndefined();
  });

  it('lets one of many who decide at once do so', async () => {
    const trace = await awaiting();
    const answers = await Promise.all(Array.from({ length: 8 }, () => decide(trace)));
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(7);
  });

  it('lets one decision stand when a yes and a no come at once', async () => {
    for (let round = 0; round < 10; round++) {
      const trace = await awaiting();
      const answers = await Promise.all(['grant', 'deny'].map((decision) => decide(trace, { decision })));
      expect(answers.map(({ status }) => status).sort()).toEqual([202, 409]);
      const said = [await found(trace, 'APPROVAL_GRANTED'), await found(trace, 'APPROVAL_DENIED')];
      expect(said.filter(Boolean)).toHaveLength(1);
    }
  });

  it('refuses another digest than what is being asked', async () => {
    const trace = await awaiting();
    const answer = await decide(trace, { digest: aDigest('older') });
    expect(answer).toMatchObject({ status: 409, body: { type: 'urn:selfheal:problem:conflict' } });
    expect(await found(trace, 'APPROVAL_GRANTED')).toBeUndefined();
  });

  it('refuses a heal that asks for nothing', async () => {
    const trace = aTraceId();
    await project(aHealingStarted({}, { trace }) as AnyHealingEvent);
    expect(await decide(trace)).toMatchObject({ status: 409, body: { detail: 'this heal is HEALING: nothing is waiting for approval' } });
  });

  it('knows no heal of that id', async () => {
    expect((await decide(aTraceId())).status).toBe(404);
  });

  it.each([
    [{ digest: 'abc' }, '/digest'],
    [{ decision: 'maybe' }, '/decision'],
    [{ by: '  ' }, '/by'],
    [{ force: true }, ''],
  ])('refuses %j', async (more, pointer) => {
    expect(await decide(await awaiting(), more)).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
  });
});
