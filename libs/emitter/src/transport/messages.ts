/** How many events may wait for the broker: bounds memory while it is away. */
export const MAX_PENDING = 1000;

/** What the publishing thread is started with. */
export interface PublisherData {
  readonly servers: readonly string[];
  readonly user?: string | undefined;
  readonly pass?: string | undefined;
  readonly service: string;
  /** One shared counter: events that were accepted by the broker, or dropped. Wraps around. */
  readonly settled: Int32Array;
}

/** What the thread tells the host. */
export interface PublisherMessage {
  readonly warning: string;
}
