import { afterAll, beforeAll } from '@jest/globals';
import { type Nats, startNats } from '@selfheal/stack';
import { connect, type NatsConnection } from 'nats';
import { tmpDir } from './tmp-dir.js';

export interface TestNats {
  readonly url: string;
  /** To stop, kill and restart it. */
  readonly server: Nats;
  /** A new connection, closed when the spec file is done. */
  connect(): Promise<NatsConnection>;
}

/**
 * A NATS server with JetStream for this spec file alone. Call it at the top of a file or a describe; its fields may be
 * read from then on in hooks and tests.
 */
export function useNats(): TestNats {
  let server: Nats | undefined;
  const connections: NatsConnection[] = [];
  const running = (): Nats => {
    if (!server) throw new Error('useNats: the server runs in hooks and tests, not while specs are being collected');
    return server;
  };
  beforeAll(async () => {
    server = await startNats({ dir: await tmpDir('selfheal-nats-'), allowExternal: false });
  }, 120_000);
  afterAll(async () => {
    await Promise.all(connections.map((nc) => nc.close()));
    await server?.stop();
  }, 30_000);
  return {
    get url() {
      return running().url;
    },
    get server() {
      return running();
    },
    async connect() {
      const nc = await connect({ servers: running().url });
      connections.push(nc);
      return nc;
    },
  };
}
