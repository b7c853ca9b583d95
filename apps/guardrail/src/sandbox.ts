import { expectationOf } from '@selfheal/contracts';
import { openTrial } from '@selfheal/trial';
import type { OpenSandbox } from './sandbox-port.js';

/** The real sandbox. A failure without a request opens it too: good requests and types are still held against the patch. */
export const openSandbox: OpenSandbox = ({ target, baseRevision, failure, traceId, signal, progress }) => {
  const { request, response, recorded } = failure;
  const expectation = expectationOf(failure);
  const failing = request && {
    request,
    ...(expectation && { expectation }),
    ...(response && { observed: { status: response.status } }),
  };
  return openTrial({ target, baseRevision, good: recorded, traceId, signal, log: progress, ...(failing && { failing }) });
};
