import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { RunnerClient } from '@selfheal/runner';
import getPort from 'get-port';
import { searchPath } from '../config.js';
import { StackError } from '../errors.js';
import { packageBinaries, repositoryRoot } from '../layout.js';
import { type ManagedProcess, spawnProcess } from '../process/spawn.js';

export interface ShopOptions {
  /** Its work tree, from {@link prepareTarget}. */
  readonly root: string;
  readonly natsUrl: string;
  readonly logDir: string;
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Shop {
  readonly url: string;
  /** The runner's control API and its bearer token. */
  readonly controlUrl: string;
  readonly controlToken: string;
  readonly process: ManagedProcess;
  /** What services need to find it: the variables that its selfheal.yaml names. */
  readonly env: Readonly<Record<string, string>>;
  /** Zero-downtime reload from the work tree. Rejects when the new source does not come up. */
  reload(): Promise<void>;
}

/** Runs the shop by `selfheal run`, with the emitter, from its work tree. @throws ProcessError, StackError */
export async function startShop({ root, natsUrl, logDir, port: wanted, env }: ShopOptions): Promise<Shop> {
  const runner = join(repositoryRoot, 'libs', 'runner', 'dist', 'main.js');
  if (!existsSync(runner)) throw new StackError('not built: runner', 'npm run build');
  const port = wanted ?? (await getPort({ host: '127.0.0.1' }));
  const controlPort = await getPort({ host: '127.0.0.1', exclude: [port] });
  const controlToken = randomBytes(24).toString('hex');
  const url = `http://127.0.0.1:${port}`;
  const controlUrl = `http://127.0.0.1:${controlPort}`;
  const shop = await spawnProcess({
    name: 'shop',
    command: process.execPath,
    args: [runner, '--', 'node', '--import', '@selfheal/emitter/register', 'src/server.ts'],
    cwd: root,
    env: {
      PATH: [packageBinaries, ...searchPath()].join(':'),
      HOST: '127.0.0.1',
      PORT: String(port),
      SELFHEAL_CONTROL_PORT: String(controlPort),
      SELFHEAL_CONTROL_TOKEN: controlToken,
      SELFHEAL_SERVICE: 'shop',
      SELFHEAL_OBJECTIVE_MS: '500',
      NATS_URL: natsUrl,
      ...env,
    },
    logFile: join(logDir, 'shop.log'),
    ready: { http: `${url}/healthz` },
    graceMs: 5_000,
  });
  const client = new RunnerClient(controlUrl, controlToken);
  return {
    url,
    controlUrl,
    controlToken,
    process: shop,
    env: { SHOP_URL: url, SHOP_CONTROL_URL: controlUrl },
    reload: async () => {
      await client.reload({ signal: AbortSignal.timeout(20_000) });
    },
  };
}
