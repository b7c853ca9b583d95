import { randomUUID } from 'node:crypto';
import type { RecordedRequest, RecordedResponse } from '@selfheal/contracts';
import type { Fault } from '@selfheal/stack';
import { CommandError } from '../errors.js';

/**
 * Sends a request to the shop, as a new customer would: on a connection of its own, since one that is kept alive stays with
 * the worker that accepted it, and so with the code from before a reload.
 */
export async function send(baseUrl: string, { method, path, headers, body }: RecordedRequest): Promise<RecordedResponse> {
  const response = await fetch(new URL(path, baseUrl), {
    method,
    headers: { ...headers, connection: 'close' },
    body,
    signal: AbortSignal.timeout(15_000),
  });
  return { status: response.status, body: (await response.text()).slice(0, 65_536) };
}

/**
 * What a synthetic monitor reports when an answer is not what it should be: the request, the answer and what was
 * expected. The shop itself noticed nothing.
 */
export const probeFailure = (fault: Fault, response: RecordedResponse, at: string) => ({
  type: 'FAILURE',
  key: `probe-${fault.name}-${randomUUID()}`,
  timestamp: at,
  payload: {
    service: 'shop',
    error: {
      name: 'ProbeFailure',
      message:
        `${fault.request.method} ${fault.request.path} answered ${response.status} ${response.body ?? ''}`.slice(0, 2000) +
        `; expected ${JSON.stringify(fault.expectation ?? { status: 200 })}`.slice(0, 2000),
    },
    route: `${fault.request.method} ${fault.request.path.split('?')[0]}`,
    request: fault.request,
    response,
    expectation: fault.expectation,
  },
});

/** Sends the fault's failing request; for one that the shop cannot notice, reports it to the gateway as a monitor would. */
export async function trigger(fault: Fault, shopUrl: string, gatewayUrl: string): Promise<RecordedResponse> {
  const response = await send(shopUrl, fault.request);
  if (fault.detect === 'emitter') return shown(fault, response);
  const answer = await fetch(`${gatewayUrl}/api/v1/failures`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(probeFailure(fault, response, new Date().toISOString())),
    signal: AbortSignal.timeout(10_000),
  });
  if (!answer.ok)
    throw new CommandError(`the gateway refused the failure: HTTP ${answer.status} ${(await answer.text()).slice(0, 500)}`, 1);
  await answer.body?.cancel();
  return response;
}

/** The service reports by itself what answers 5xx or takes too long. Anything else means that the fault is not live. */
function shown(fault: Fault, response: RecordedResponse): RecordedResponse {
  if (response.status >= 500 || fault.expectation?.max_ms !== undefined) return response;
  throw new CommandError(`${fault.name} does not show: ${fault.request.method} ${fault.request.path} answered ${response.status}`, 1);
}
