import { once } from 'node:events';
import { createServer } from 'node:net';
import { basename } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import type { TargetConfig } from '@selfheal/contracts';
import { send } from '../replay/send.js';
import { type ContainedProcess, startContained } from './contained-process.js';

/** Heap of a sandboxed Node server, in MiB. */
const MAX_HEAP_MB = 512;
const KEPT_OUTPUT = 8000;
const PRELOAD = new URL(import.meta.url.endsWith('.ts') ? './sandbox-preload.ts' : './sandbox-preload.js', import.meta.url).href;

/** The server in the sandbox did not come up. `message` ends with the end of its output. */
export class SandboxDidNotStart extends Error {
  override readonly name = 'SandboxDidNotStart';
}

export interface SandboxOptions {
  /** The work tree it runs in. */
  readonly dir: string;
  readonly start: TargetConfig['start'];
  readonly health: TargetConfig['health'];
  readonly traceId: string;
  readonly signal: AbortSignal;
}

/** A server that runs in a sandbox and answers. */
export interface Sandbox {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  /** Whether it has ended by itself. */
  hasEnded(): boolean;
  /** The end of its output. */
  output(): string;
  stop(): Promise<void>;
}

/**
 * Starts the target's server in `dir` on a free port and waits until its health path answers below 500. A Node server
 * says itself when it listens; any other command is asked until it answers.
 * @throws {SandboxDidNotStart} when it ends or takes longer than `health.timeout_ms`; nothing of it is left then.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const server = await startContained(contained(options.start.command), {
      dir: options.dir,
      env: { ...options.start.env, PORT: String(port) },
      keepOutput: KEPT_OUTPUT,
      signal: options.signal,
    });
    const url = `http://127.0.0.1:${port}`;
    try {
      await untilHealthy(server, url, port, options);
      return { url, hasEnded: server.hasEnded, output: server.output, stop: server.stop };
    } catch (error) {
      await server.stop();
      options.signal.throwIfAborted();
      // Someone else took the port between our look and the server's.
      if (attempt < 3 && server.output().includes('EADDRINUSE')) continue;
      throw error;
    }
  }
}

const isNode = (command: readonly string[]): boolean => ['node', 'node.exe'].includes(basename(command[0] ?? ''));

/** A Node command with a bound on its memory and our preload; any other as it is. */
function contained(command: readonly string[]): readonly string[] {
  const [program = '', ...rest] = command;
  const options = [`--max-old-space-size=${MAX_HEAP_MB}`, `--import=${PRELOAD}?starter=${process.pid}`];
  return isNode(command) ? [program, ...options, ...rest] : command;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

async function untilHealthy(server: ContainedProcess, url: string, port: number, options: SandboxOptions): Promise<void> {
  const { health, start, traceId, signal } = options;
  const deadline = performance.now() + health.timeout_ms;
  const request = { method: 'GET' as const, path: health.path, headers: {} };
  // A Node command may also be a wrapper that never listens itself: then it is asked too, less often.
  let next: Promise<unknown> = Promise.race([listens(server, port), after(isNode(start.command) ? 250 : 50)]);
  for (;;) {
    await Promise.race([next, server.ended]);
    if (server.hasEnded()) throw new SandboxDidNotStart(`the server ended before it answered:\n${server.output().trim().slice(-1500)}`);
    const left = deadline - performance.now();
    if (left <= 0) {
      throw new SandboxDidNotStart(`${health.path} did not answer within ${health.timeout_ms} ms:\n${server.output().trim().slice(-1500)}`);
    }
    const answer = await send(url, request, { timeoutMs: Math.min(1000, Math.ceil(left)), traceId, signal });
    if (answer.status !== undefined && answer.status < 500) return;
    next = after(25);
  }
}

/** Resolves when the server's preload says that it listens on `port`. */
function listens({ channel }: ContainedProcess, port: number): Promise<void> {
  return new Promise((resolve) => {
    let said = '';
    channel.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString('latin1')).slice(-1000);
      if (said.includes(`listening ${port}\n`)) resolve();
    });
  });
}
