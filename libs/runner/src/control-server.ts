import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { PROBLEM_JSON, type Problem } from '@selfheal/contracts';
import { PROBLEMS } from './control-api.js';
import { RunnerStopping, type Supervisor } from './supervisor.js';
import { WorkerDidNotListen } from './worker.js';

/**
 * The control API: `POST /reload`, `GET /status`, each with `Authorization: Bearer <token>` (RFC 6750). JSON, errors as
 * problem+json (RFC 9457). The caller makes it listen, on loopback only.
 */
export function createControlServer(supervisor: Supervisor, token: string): Server {
  return createServer((request, response) => {
    request.resume();
    if (!authorised(request, token)) {
      response.setHeader('WWW-Authenticate', 'Bearer');
      return problem(response, 401, 'a valid bearer token is required');
    }
    const path = request.url?.split('?')[0];
    if (path === '/status') return request.method === 'GET' ? json(response, supervisor.status()) : notAllowed(response, 'GET');
    if (path === '/reload') return request.method === 'POST' ? void reload(response, supervisor) : notAllowed(response, 'POST');
    return problem(response, 404, 'there is /status and /reload');
  });
}

async function reload(response: ServerResponse, supervisor: Supervisor): Promise<void> {
  try {
    json(response, await supervisor.reload());
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    if (error instanceof WorkerDidNotListen) return problem(response, 500, detail, PROBLEMS.reloadFailed);
    if (error instanceof RunnerStopping) return problem(response, 503, detail, PROBLEMS.stopping);
    problem(response, 500, detail);
  }
}

/** Compares digests, so that neither content nor length of the token shows in the time it takes. */
function authorised(request: IncomingMessage, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const given = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  return timingSafeEqual(digest(given), digest(token));
}

function notAllowed(response: ServerResponse, allow: string): void {
  response.setHeader('Allow', allow);
  problem(response, 405, `only ${allow} is allowed`);
}

function json(response: ServerResponse, body: unknown, status = 200, type = 'application/json'): void {
  response.writeHead(status, { 'Content-Type': type }).end(JSON.stringify(body));
}

function problem(response: ServerResponse, status: number, detail: string, type = 'about:blank'): void {
  const title = type === 'about:blank' ? `HTTP ${status}` : (type.split(':').at(-1) ?? type).replaceAll('-', ' ');
  json(response, { type, title, status, detail } satisfies Problem, status, PROBLEM_JSON);
}
