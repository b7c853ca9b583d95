import { isTerminal } from './errors.js';

/** What becomes of a message whose handler threw. */
export type Disposition =
  | { readonly do: 'retry'; readonly delayMs: number }
  | { readonly do: 'bury'; readonly code: string; readonly reason: string };

/** How often a message is delivered before it is given up. */
export const MAX_DELIVERIES = 6;
const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 30_000;

/** Decides by the error's class and how often the message was delivered (1 the first time). Exponential backoff. */
export function disposition(error: unknown, deliveries: number): Disposition {
  const reason = error instanceof Error ? error.message : String(error);
  if (isTerminal(error)) return { do: 'bury', code: error.code, reason };
  if (deliveries >= MAX_DELIVERIES)
    return { do: 'bury', code: 'deliveries-exhausted', reason: `gave up after ${deliveries} deliveries: ${reason}` };
  const asked = error instanceof Error && 'delayMs' in error && typeof error.delayMs === 'number' ? error.delayMs : undefined;
  return { do: 'retry', delayMs: asked ?? Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (deliveries - 1)) };
}
