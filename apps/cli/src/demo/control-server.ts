import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PROBLEM_JSON, type Problem } from '@selfheal/contracts';
import type { Fault } from '@selfheal/stack';

export interface ControlServer {
  readonly url: string;
  close(): void;
}

/** Cannot be done now: another heal is going on. */
export class Busy extends Error {
  override readonly name = 'Busy';
}

/**
 * The demo's control on the loopback interface: `GET /faults` lists the catalogue, `POST /faults/:name` breaks the shop and
 * sends the failing request (202 with the status that `answered` it; 409 while a heal is going on). The gateway passes the UI's wishes on to it.
 */
export async function startControlServer(catalogue: readonly Fault[], breakIt: (fault: Fault) => Promise<number>): Promise<ControlServer> {
  const server = createServer((request, response) => {
    request.resume();
    void route(request.method ?? '', request.url ?? '', response).catch((error: unknown) => {
      const detail = error instanceof Error ? error.message : String(error);
      problem(response, error instanceof Busy ? { ...about(409, 'Conflict'), detail } : { ...about(500, 'Internal Server Error'), detail });
    });
  });
  async function route(method: string, path: string, response: ServerResponse): Promise<void> {
    const [, collection, name, ...more] = path.split('?')[0]?.split('/') ?? [];
    if (collection !== 'faults' || more.length > 0) return problem(response, about(404, 'Not Found'));
    if (!name) {
      if (method !== 'GET') return problem(response, about(405, 'Method Not Allowed'));
      const faults = catalogue.map(({ patch: _, ...fault }) => fault);
      return json(response, 200, 'application/json', { faults });
    }
    const fault = catalogue.find((f) => f.name === decodeURIComponent(name));
    if (!fault) return problem(response, { ...about(404, 'Not Found'), detail: 'no fault of that name' });
    if (method !== 'POST') return problem(response, about(405, 'Method Not Allowed'));
    const answered = await breakIt(fault);
    json(response, 202, 'application/json', { fault: fault.name, answered });
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const about = (status: number, title: string): Problem => ({ type: 'about:blank', title, status });
const problem = (response: ServerResponse, body: Problem): void => json(response, body.status, PROBLEM_JSON, body);

function json(response: ServerResponse, status: number, type: string, body: unknown): void {
  response.writeHead(status, { 'content-type': type });
  response.end(JSON.stringify(body));
}
