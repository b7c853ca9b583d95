import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Telemetry } from '@selfheal/telemetry';

export interface HealthServer {
  readonly port: number;
  close(): Promise<void>;
}

/** `/healthz` (the process lives), `/readyz` (it can do its work now), `/metrics` (Prometheus text). */
export async function startHealthServer(options: {
  port: number;
  host: string;
  ready: () => boolean;
  telemetry: Telemetry;
}): Promise<HealthServer> {
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0];
    if (path === '/metrics') return options.telemetry.metrics(request, response);
    const known = path === '/healthz' || path === '/readyz';
    const ok = path === '/healthz' || (known && options.ready());
    response.writeHead(known ? (ok ? 200 : 503) : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ status: known ? (ok ? 'ok' : 'unavailable') : 'not found' }));
  });
  await listen(server, options.port, options.host);
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}

const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(port, host, () => {
      server.off('error', fail);
      done();
    });
  });
