export interface NatsOptions {
  /** Where JetStream keeps its streams, the configuration and the log. A new temporary directory unless given; never removed by us. */
  readonly dir?: string;
  /** Bytes of the largest message; 8 MiB unless given. */
  readonly maxPayload?: number;
  /** Use the server of `NATS_URL` when the environment names one (the default). Tests want one of their own. */
  readonly allowExternal?: boolean;
}

export interface Nats {
  readonly url: string;
  readonly port: number;
  stop(): Promise<void>;
  /** `kill -9`; absent when the server is not ours to kill. */
  kill9?(): Promise<void>;
  /** Starts it again on the same port with the same store. @throws StackError when the server is not ours */
  restart(): Promise<void>;
}

export const MAX_PAYLOAD = 8 * 1024 * 1024;
