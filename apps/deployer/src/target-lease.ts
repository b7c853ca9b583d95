import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { BUCKETS } from '@selfheal/contracts';
import { Broker, compareAndSwap, isConflict } from '@selfheal/messaging';
import type { KV } from 'nats';

/**
 * One heal at a time may change a target: from its deploy until it is healed or escalated. The lease is a KV entry, taken
 * by compare-and-swap, so it holds over all replicas of the deployer and over their crashes.
 */
@Injectable()
export class TargetLease implements OnModuleInit {
  #kv: KV | undefined;

  constructor(@Inject(Broker) private readonly broker: Broker) {}

  async onModuleInit(): Promise<void> {
    this.#kv = await this.broker.kv(BUCKETS.leases);
  }

  /** Takes the lease for a heal; a heal that has it already keeps it. Gives the holder when it is another's. */
  async take(target: string, traceId: string): Promise<{ taken: true } | { taken: false; holder: string }> {
    const kv = this.#bucket();
    const entry = await kv.get(target);
    const holder = entry?.operation === 'PUT' ? entry.string() : undefined;
    if (holder === traceId) return { taken: true };
    if (holder) return { taken: false, holder };
    return (await compareAndSwap(kv, target, traceId, entry?.revision ?? 0)) ? { taken: true } : this.take(target, traceId);
  }

  /** Waits until the lease changes hands or `signal` aborts. */
  async changed(target: string, signal: AbortSignal): Promise<void> {
    const watch = await this.#bucket().watch({ key: target, ignoreDeletes: false });
    const stop = () => watch.stop();
    signal.addEventListener('abort', stop, { once: true });
    try {
      if (signal.aborted) return;
      for await (const entry of watch) if (signal.aborted || entry.operation !== 'PUT') return;
    } finally {
      signal.removeEventListener('abort', stop);
      watch.stop();
    }
  }

  /** Gives the lease back. Without effect when the heal does not hold it. */
  async release(target: string, traceId: string): Promise<void> {
    const entry = await this.#bucket().get(target);
    if (entry?.operation !== 'PUT' || entry.string() !== traceId) return;
    try {
      await this.#bucket().delete(target, { previousSeq: entry.revision });
    } catch (error) {
      if (!isConflict(error)) throw error;
      await this.release(target, traceId);
    }
  }

  #bucket(): KV {
    if (!this.#kv) throw new Error('the lease bucket is not ready');
    return this.#kv;
  }
}
