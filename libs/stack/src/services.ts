import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SERVICES, type ServiceName } from '@selfheal/contracts';
import { searchPath } from './config.js';
import { StackError } from './errors.js';
import { packageBinaries, repositoryRoot, serviceEntry } from './layout.js';
import { ProcessGroup } from './process/group.js';
import type { ManagedProcess } from './process/spawn.js';

export interface ServicesOptions {
  readonly natsUrl: string;
  readonly databaseUrl: string;
  /** Work trees of the targets, absolute paths. */
  readonly targets: readonly string[];
  /** Which services; all unless given. */
  readonly only?: readonly ServiceName[];
  /** Where `<name>.log` goes. */
  readonly logDir: string;
  /** The gateway's port; a free one unless given. */
  readonly port?: number;
  /** For every service: addresses of targets, tokens, OTEL_* and the like. */
  readonly env?: Readonly<Record<string, string>>;
  /** For one service alone, on top. Only the deployer should get the runner's control token. */
  readonly envOf?: { readonly [S in ServiceName]?: Readonly<Record<string, string>> };
  /** Called as each becomes ready, with the milliseconds it took. */
  readonly onReady?: (name: ServiceName, ms: number) => void;
}

export interface Services {
  readonly group: ProcessGroup;
  /** The process of a service that was asked for. @throws RangeError for another */
  service(name: ServiceName): ManagedProcess;
  /** Where the gateway answers; undefined when it was not asked for. */
  readonly gatewayPort: number | undefined;
  stop(): Promise<void>;
}

/** Starts the services, each in a process of its own, all at once; resolves when every one is ready. @throws ProcessError, StackError */
export async function startServices(options: ServicesOptions): Promise<Services> {
  const group = new ProcessGroup();
  const names = options.only ?? SERVICES;
  const missing = names.filter((name) => !existsSync(serviceEntry(name)));
  if (missing.length > 0) throw new StackError(`not built: ${missing.join(', ')}`, 'npm run build');
  try {
    await Promise.all(names.map((name) => startService(group, name, options)));
  } catch (error) {
    await group.stop();
    throw error;
  }
  return {
    group,
    gatewayPort: group.find('gateway')?.port,
    service(name) {
      const found = group.find(name);
      if (!found) throw new RangeError(`${name} was not started`);
      return found;
    },
    stop: () => group.stop(),
  };
}

async function startService(group: ProcessGroup, name: ServiceName, options: ServicesOptions): Promise<void> {
  const started = performance.now();
  await group.spawn({
    name,
    command: process.execPath,
    args: ['--enable-source-maps', serviceEntry(name)],
    cwd: repositoryRoot,
    env: {
      // Sandboxes start targets by their own commands (`node`, `tsc`), which are the workspace's.
      PATH: [packageBinaries, ...searchPath()].join(':'),
      NATS_URL: options.natsUrl,
      DATABASE_URL: options.databaseUrl,
      SELFHEAL_TARGETS: options.targets.join(','),
      HEALTH_PORT: '0',
      PORT: name === 'gateway' ? String(options.port ?? 0) : undefined,
      ...options.env,
      ...options.envOf?.[name],
    },
    logFile: join(options.logDir, `${name}.log`),
    ready: 'ipc',
    readyTimeoutMs: 60_000,
  });
  options.onReady?.(name, performance.now() - started);
}
