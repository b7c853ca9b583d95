import { type KV, NatsError } from 'nats';

/** JetStream's error code for "wrong last sequence": somebody else wrote first. */
const WRONG_LAST_SEQUENCE = 10_071;

/** Whether a write was refused because somebody else wrote first. */
export const isConflict = (error: unknown): boolean => error instanceof NatsError && error.api_error?.err_code === WRONG_LAST_SEQUENCE;

/**
 * Writes a key if nobody did since `revision` (0: if it was never written). Says whether it was written.
 * `KV.update` would do, but it refuses revision 0.
 */
export async function compareAndSwap(kv: KV, key: string, value: string, revision: number): Promise<boolean> {
  try {
    await kv.put(key, value, { previousSeq: revision });
    return true;
  } catch (error) {
    if (isConflict(error)) return false;
    throw error;
  }
}
