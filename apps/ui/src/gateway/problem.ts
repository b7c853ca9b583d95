/** What the gateway says when it refuses: RFC 9457 problem details, or whatever stands in for them. */
import { parseHostileJson } from '../text/neutralise';

/** A request that did not work, with words for a person. `status` 0 means that no answer came. */
export class GatewayProblem extends Error {
  override readonly name = 'GatewayProblem';
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message.slice(0, 1000));
  }
}

/** Reads a problem from a response body; a body that is none (a proxy's page) is not shown. */
export function problemOf(status: number, body: string): GatewayProblem {
  try {
    const problem = parseHostileJson(body) as { title?: unknown; detail?: unknown } | null;
    const words = [problem?.title, problem?.detail].filter((part): part is string => typeof part === 'string' && part !== '');
    if (words.length > 0) return new GatewayProblem(status, words.join(': '));
  } catch {
    // Not JSON: the status has to do.
  }
  return new GatewayProblem(status, `the gateway answered ${status}`);
}
