import { setTimeout } from 'node:timers/promises';
import { BUCKETS, type ServiceName } from '@selfheal/contracts';
import { connect, type JetStreamClient, type JetStreamManager, type KV, type NatsConnection } from 'nats';
import { HealJournal } from './journal.js';
import { LearningBoard } from './learning-board.js';
import { Online } from './online.js';
import { ensureStreams } from './topology.js';

const LONGEST_DRAIN_MS = 2_000;

export interface BrokerOptions {
  readonly url: string;
  readonly service: ServiceName;
  /** Copies of each stream in a JetStream cluster; 1 on a single server. */
  readonly replicas?: number;
}

/** One connection to NATS and what selfheal keeps there. Reconnects for ever: a broker's restart is no reason to die. */
export class Broker {
  readonly learning = new LearningBoard(() => this.kv(BUCKETS.learning));

  private constructor(
    readonly service: ServiceName,
    readonly connection: NatsConnection,
    readonly jetstream: JetStreamClient,
    readonly manager: JetStreamManager,
    readonly journal: HealJournal,
    private readonly online: Online,
    private readonly replicas: number,
  ) {}

  static async connect({ url, service, replicas = 1 }: BrokerOptions): Promise<Broker> {
    const connection = await connect({
      servers: url.split(','),
      name: `selfheal-${service}`,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 250,
      waitOnFirstConnect: true,
    });
    const jetstream = connection.jetstream();
    const manager = await connection.jetstreamManager();
    await ensureStreams(manager, replicas);
    const online = new Online(connection);
    const journal = new HealJournal(jetstream, manager, online, service);
    return new Broker(service, connection, jetstream, manager, journal, online, replicas);
  }

  /** A key-value bucket with one value of history, created when missing. */
  kv(bucket: string, ttlMs = 0): Promise<KV> {
    return this.jetstream.views.kv(bucket, { history: 1, replicas: this.replicas, ...(ttlMs > 0 && { ttl: ttlMs }) });
  }

  /** Makes sure that the streams are there. */
  restore(): Promise<void> {
    return ensureStreams(this.manager, this.replicas);
  }

  get connected(): boolean {
    return !this.connection.isClosed() && this.online.now;
  }

  /** Sends what is buffered, then closes; at once when the broker is away, since nobody would take it. */
  async close(): Promise<void> {
    if (this.connection.isClosed()) return;
    if (this.online.now) await Promise.race([this.connection.drain(), setTimeout(LONGEST_DRAIN_MS, undefined, { ref: false })]);
    await this.connection.close();
  }
}
