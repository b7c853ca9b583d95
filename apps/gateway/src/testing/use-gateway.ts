import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll } from '@jest/globals';
import { Broker } from '@selfheal/messaging';
import { dataSourceOptions, HealRepository, openDatabase } from '@selfheal/persistence';
import { freePort, type ManagedProcess, repositoryRoot, spawnProcess } from '@selfheal/stack';
import { type TestNats, useNats, usePostgres } from '@selfheal/testing';

export interface TestGateway {
  readonly url: string;
  readonly nats: TestNats;
  /** Publishes as the services of a heal do. */
  readonly broker: Broker;
  /** Projects as the coordinator does. */
  readonly heals: HealRepository;
  readonly process: ManagedProcess;
}

/** The gateway as it is run in production, from source, with a broker and a migrated database of its own. */
export function useGateway(env: Readonly<Record<string, string>> = {}): TestGateway {
  let running: Omit<TestGateway, 'nats'> | undefined;
  let database: Awaited<ReturnType<typeof openDatabase>> | undefined;
  // Before the servers' own: hooks run in the order of their registration, and a connection is drained while its server is there.
  afterAll(async () => {
    await running?.process.stop();
    await running?.broker.close();
    await database?.destroy();
  });
  const nats = useNats();
  const postgres = usePostgres();
  beforeAll(async () => {
    database = await openDatabase(dataSourceOptions(postgres.url), { migrate: true });
    const gateway = await spawnGateway({ NATS_URL: nats.url, DATABASE_URL: postgres.url, ...env });
    const broker = await Broker.connect({ url: nats.url, service: 'rca' });
    running = { ...gateway, broker, heals: new HealRepository(database) };
  }, 60_000);
  const get = () => {
    if (!running) throw new Error('useGateway: the gateway runs in hooks and tests, not while specs are being collected');
    return running;
  };
  return {
    nats,
    get url() {
      return get().url;
    },
    get broker() {
      return get().broker;
    },
    get heals() {
      return get().heals;
    },
    get process() {
      return get().process;
    },
  };
}

/** A gateway process; its one target is the shop. Stopped by whoever started it. */
export async function spawnGateway(env: Readonly<Record<string, string>>): Promise<{ url: string; process: ManagedProcess }> {
  const port = await freePort();
  const file = (path: string) => join(repositoryRoot, path);
  const gateway = await spawnProcess({
    name: 'gateway',
    command: process.execPath,
    args: ['--import', pathToFileURL(file('tools/run-source.mjs')).href, file('apps/gateway/src/main.ts')],
    env: { PORT: String(port), SELFHEAL_TARGETS: file('apps/shop'), LOG_LEVEL: 'warn', ...env },
    ready: 'ipc',
  });
  return { url: `http://127.0.0.1:${port}`, process: gateway };
}
