/**
 * Loaded into a sandboxed Node server before its own code (`node --import 'sandbox-preload.js?starter=<pid>'`). Two
 * promises: whoever started the sandbox learns at once when the server listens, without asking again and again; and the
 * sandbox dies with who started it, however that died. File descriptor 3 leads to the starter.
 *
 * It imports nothing of ours, so that it loads from source and from a build alike. Threads and forked programs get the
 * same options of node, but have another parent and another descriptor 3: there it does nothing.
 */
import { subscribe } from 'node:diagnostics_channel';
import { type Server, Socket } from 'node:net';
import { isMainThread } from 'node:worker_threads';

const starterPid = Number(new URL(import.meta.url).searchParams.get('starter'));
if (isMainThread && process.ppid === starterPid) {
  const starter = new Socket({ fd: 3 });
  starter.on('error', () => {});
  starter.on('close', () => process.kill(-process.pid, 'SIGKILL'));
  starter.resume();
  starter.unref();
  subscribe('tracing:net.server.listen:asyncEnd', (message) => {
    const address = (message as { server: Server }).server.address();
    if (address && typeof address === 'object') starter.write(`listening ${address.port}\n`);
  });
}
