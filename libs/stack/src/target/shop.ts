import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { RunnerClient } from '@selfheal/runner';
import { searchPath } from '../config.js';
import { StackError } from '../errors.js';
import { packageBinaries, repositoryRoot } from '../layout.js';
import { freePort } from '../port.js';
import { type ManagedProcess, spawnProcess } from '../process/spawn.js';

export interface ShopOptions {
  /** Its work tree, from {@link prepareTarget}. */
  readonly root: string;
  readonly natsUrl: string;
  readonly logDir: string;
  readonly at: ShopAddresses;
  readonly env?: Readonly<Record<string, string>>;
}

/** Where a shop will answer; chosen first, so that services can start at the same time. */
export interface ShopAddresses {
  readonly url: string;
  /** The runner's control API and its bearer token. */
  readonly controlUrl: string;
  readonly controlToken: string;
  /** The variables that the shop's selfheal.yaml names. */
  readonly env: Readonly<Record<string, string>>;
}

export interface Shop {
  readonly at: ShopAddresses;
  readonly process: ManagedProcess;
  /** Zero-downtime reload from the work tree. Rejects when the new source does not come up. */
  reload(): Promise<void>;
}

/** Free ports of the loopback interface and a fresh token. */
export async function shopAddresses(): Promise<ShopAddresses> {
  const [port, controlPort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const controlUrl = `http://127.0.0.1:${controlPort}`;
  return { url, controlUrl, controlToken: randomBytes(24).toString('hex'), env: { SHOP_URL: url, SHOP_CONTROL_URL: controlUrl } };
}

/** Runs the shop by `selfheal run`, with the emitter, from its work tree. @throws ProcessError, StackError */
export async function startShop({ root, natsUrl, logDir, at, env }: ShopOptions): Promise<Shop> {
  const runner = join(repositoryRoot, 'libs', 'runner', 'dist', 'main.js');
  if (!existsSync(runner)) throw new StackError('not built: runner', 'npm run build');
  const shop = await spawnProcess({
    name: 'shop',
    command: process.execPath,
    args: [runner, '--', 'node', '--import', '@selfheal/emitter/register', 'src/server.ts'],
    cwd: root,
    env: {
      PATH: [packageBinaries, ...searchPath()].join(':'),
      HOST: '127.0.0.1',
      PORT: new URL(at.url).port,
      SELFHEAL_CONTROL_PORT: new URL(at.controlUrl).port,
      SELFHEAL_CONTROL_TOKEN: at.controlToken,
      SELFHEAL_SERVICE: 'shop',
      SELFHEAL_OBJECTIVE_MS: '500',
      NATS_URL: natsUrl,
      ...env,
    },
    logFile: join(logDir, 'shop.log'),
    ready: 'ipc',
    graceMs: 8_000,
  });
  const client = new RunnerClient(at.controlUrl, at.controlToken);
  return {
    at,
    process: shop,
    reload: async () => {
      await client.reload({ signal: AbortSignal.timeout(20_000) });
    },
  };
}
