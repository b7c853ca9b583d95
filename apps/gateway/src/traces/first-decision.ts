import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { BUCKETS } from '@selfheal/contracts';
import { Broker, compareAndSwap } from '@selfheal/messaging';
import type { KV } from 'nats';

export type DecisionType = 'APPROVAL_GRANTED' | 'APPROVAL_DENIED';

/**
 * Which of a yes and a no that come at once stands: a KV entry for each attempt, written by compare-and-swap, so it holds over all
 * replicas of the gateway. It is written before the event is said; a gateway that dies in between lets the same decision be sent again.
 */
@Injectable()
export class FirstDecision implements OnModuleInit {
  #kv: KV | undefined;

  constructor(@Inject(Broker) private readonly broker: Broker) {}

  async onModuleInit(): Promise<void> {
    this.#kv = await this.broker.kv(BUCKETS.decisions);
  }

  /** Decides unless that has been done. Gives the decision that stands. */
  async settle(traceId: string, attempt: number, wanted: DecisionType): Promise<string> {
    if (!this.#kv) throw new Error('the decision bucket is not ready');
    const key = `${traceId}.${attempt}`;
    if (await compareAndSwap(this.#kv, key, wanted, 0)) return wanted;
    return (await this.#kv.get(key))?.string() ?? '';
  }
}
