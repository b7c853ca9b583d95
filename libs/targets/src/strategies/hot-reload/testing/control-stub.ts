import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Answer = (response: ServerResponse) => unknown;

/** What a runner answers when all went well, and when new code did not come up. */
export const RELOADED: Answer = (r) =>
  r.writeHead(200, { 'content-type': 'application/json' }).end('{"generation":2,"pid":1,"ready_ms":5}');
export const DID_NOT_LISTEN: Answer = (r) =>
  r
    .writeHead(500, { 'content-type': 'application/problem+json' })
    .end('{"type":"urn:selfheal:runner:reload-failed","title":"reload failed","status":500,"detail":"SyntaxError: no"}');
/** The connection breaks: nobody knows whether the code was reloaded. */
export const BREAKS: Answer = (r) => r.socket?.destroy();

/** A server that speaks the runner's control API and answers as it is told, in order; the last answer stays. */
export async function aControlStub() {
  let answers: Answer[] = [RELOADED];
  const calls: string[] = [];
  const server = createServer((request, response) => {
    calls.push(`${request.method} ${request.url}`);
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    answer?.(response);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    will(...next: Answer[]) {
      answers = next;
      calls.length = 0;
    },
    async close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
