import { setMaxListeners } from 'node:events';

/** A signal that aborts with another, or when the time is up. */
export interface TimeLimit {
  readonly signal: AbortSignal;
  /** Ends the timer; the signal stays as it is. */
  clear(): void;
}

/**
 * A time limit below another signal, in milliseconds. Not AbortSignal.any with AbortSignal.timeout: nothing holds on to that
 * timer but the signal made of it, and in a busy process it was collected before it fired.
 */
export function timeLimit(parent: AbortSignal, ms: number): TimeLimit {
  const controller = new AbortController();
  // Every candidate that runs listens to it.
  setMaxListeners(0, controller.signal);
  const stop = () => controller.abort(parent.reason);
  const timer = setTimeout(() => controller.abort(new DOMException('the time is up', 'TimeoutError')), Math.max(1, Math.round(ms)));
  if (parent.aborted) stop();
  parent.addEventListener('abort', stop, { once: true });
  return {
    signal: controller.signal,
    clear: () => {
      clearTimeout(timer);
      parent.removeEventListener('abort', stop);
    },
  };
}
