import { setTimeout as sleep } from 'node:timers/promises';
import { isStatementAtFault } from '@selfheal/persistence';

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5000;

/**
 * Tries again for as long as the database is away. A message is given up after a few deliveries, and a database may take longer to
 * come back: an event that is given up would be missing in its heal for good.
 *
 * @throws the error itself when the statement is at fault, or when `signal` aborts (the message is then redelivered)
 */
export async function whileAway<T>(work: () => Promise<T>, signal: AbortSignal, waiting: (why: string) => void): Promise<T> {
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(LONGEST_WAIT_MS, wait * 2)) {
    try {
      return await work();
    } catch (error) {
      if (isStatementAtFault(error) || signal.aborted) throw error;
      waiting(error instanceof Error ? error.message : String(error));
      await sleep(wait, undefined, { signal }).catch(() => undefined);
    }
  }
}
