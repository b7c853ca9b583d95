/**
 * Loaded into every worker before the server's own code (`node --import`): lets the worker leave without failing a
 * request. `server.close()` would not do: since Node 19 it cuts idle kept-alive connections, on which a client may just
 * be sending its next request. Instead, the listening handle is closed and each connection is told to end by
 * `Connection: close` on its next response (RFC 9112, section 9.6), which every client honours without an error.
 *
 * It must not change how the server behaves before that, so it only observes, through `node:diagnostics_channel`.
 */
import cluster from 'node:cluster';
import { subscribe } from 'node:diagnostics_channel';
import type { ServerResponse } from 'node:http';
import { Server, type Socket } from 'node:net';
import type { DrainMessage, WorkerMessage } from './worker-messages.js';

const servers = new Set<Server>();
const silent = new Set<Socket>();
const inFlight = new Set<ServerResponse>();
let draining = false;
let idleMayEnd = false;

function watchServer(server: Server): void {
  servers.add(server);
  server.on('connection', (socket: Socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
}

function watchRequest(response: ServerResponse, socket: Socket): void {
  silent.delete(socket);
  inFlight.add(response);
  response.once('close', () => {
    inFlight.delete(response);
    if (idleMayEnd) setImmediate(closeIdle);
  });
  if (draining) endAfter(response);
}

/** Makes `response` the last one of its connection; too late, and harmless, when its head has been sent. */
function endAfter(response: ServerResponse): void {
  if (response.headersSent) return;
  response.shouldKeepAlive = false;
  response.setHeader('Connection', 'close');
}

/** Asked a second time it only ends idle connections sooner. */
async function drain(idleMs: number): Promise<void> {
  const first = !draining;
  draining = true;
  for (const response of inFlight) endAfter(response);
  const closed = first ? [...servers].filter((server) => server.listening).map(closeListener) : [];
  tell({ type: 'selfheal:draining' });
  setTimeout(closeIdle, idleMs).unref();
  if (!first) return;
  await Promise.all(closed);
  tell({ type: 'selfheal:drained' });
}

/** Closes the listening handle only; resolves when the server's last connection has ended. */
const closeListener = (server: Server): Promise<void> => new Promise((resolve) => Server.prototype.close.call(server, () => resolve()));

function closeIdle(): void {
  idleMayEnd = true;
  for (const server of servers) {
    if ('closeIdleConnections' in server && typeof server.closeIdleConnections === 'function') server.closeIdleConnections();
  }
  for (const socket of silent) if (socket.bytesRead === 0) socket.destroy();
}

function tell(message: WorkerMessage): void {
  if (process.connected) process.send?.(message);
}

if (cluster.isWorker) {
  subscribe('tracing:net.server.listen:asyncStart', (message) => watchServer((message as { server: Server }).server));
  subscribe('http.server.request.start', (message) => {
    const { response, socket } = message as { response: ServerResponse; socket: Socket };
    watchRequest(response, socket);
  });
  cluster.worker?.on('message', (message: DrainMessage | undefined) => {
    if (message?.type === 'selfheal:drain') void drain(message.idle_ms);
  });
}
