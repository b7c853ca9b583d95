export interface NatsConf {
  /** `-1` lets the server choose a free one. */
  readonly port: number;
  readonly host: string;
  readonly maxPayload: number;
  readonly storeDir: string;
}

/** A nats-server configuration file (https://docs.nats.io/running-a-nats-service/configuration). */
export const natsConf = ({ host, port, maxPayload, storeDir }: NatsConf): string =>
  [
    `listen: ${JSON.stringify(`${host}:${port}`)}`,
    `max_payload: ${maxPayload}`,
    `jetstream { store_dir: ${JSON.stringify(storeDir)}, max_memory_store: 256MB, max_file_store: 4GB }`,
    // Clients that reconnect after a restart should not be told to go away for ten seconds.
    'lame_duck_duration: "30s"',
    '',
  ].join('\n');
