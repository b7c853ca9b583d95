import type { ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { ProcessLog } from './log.js';

/**
 * How a process says that it is ready: an IPC message `{type: 'ready', port?}`, an HTTP address that answers below 500,
 * or a line of its log; the first group of `port`, in an earlier line or the same, is the port it chose.
 */
export type Ready = 'ipc' | { readonly http: string } | { readonly log: RegExp; readonly port?: RegExp };

const readyMessage = z.object({ type: z.literal('ready'), port: z.int().optional() });

/** Resolves with the port, if the process told it. Never rejects: early exit and time-out are the caller's. */
export function becomesReady(child: ChildProcess, log: ProcessLog, ready: Ready, signal: AbortSignal): Promise<number | undefined> {
  if (ready === 'ipc') return byMessage(child);
  return 'log' in ready ? byLine(log, ready.log, ready.port) : byHttp(ready.http, signal);
}

const byMessage = (child: ChildProcess): Promise<number | undefined> =>
  new Promise((resolve) => {
    child.on('message', (message) => {
      const parsed = readyMessage.safeParse(message);
      if (parsed.success) resolve(parsed.data.port);
    });
  });

const byLine = (log: ProcessLog, pattern: RegExp, portIn?: RegExp): Promise<number | undefined> =>
  new Promise((resolve) => {
    let port: number | undefined;
    const off = log.onLine((line) => {
      const told = portIn?.exec(line)?.[1];
      if (told) port = Number(told);
      if (!pattern.test(line)) return;
      off();
      resolve(port);
    });
  });

async function byHttp(url: string, signal: AbortSignal): Promise<undefined> {
  while (!signal.aborted) {
    const answer = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(2_000)]) }).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer && answer.status < 500) return;
    await delay(50, undefined, { signal }).catch(() => undefined);
  }
}
