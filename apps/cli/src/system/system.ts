import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  freePort,
  type PreparedTarget,
  prepareTarget,
  repositoryRoot,
  type Services,
  type Shop,
  shopAddresses,
  startNats,
  startPostgres,
  startServices,
  startShop,
  startUi,
} from '@selfheal/stack';
import type { Cleanup } from '../cleanup.js';
import { EventFeed } from './event-feed.js';

export interface SystemOptions {
  /** Everything it writes goes below this folder. */
  readonly dir: string;
  readonly cleanup: Cleanup;
  readonly signal: AbortSignal;
  readonly ui: boolean;
  /** Where the gateway passes a person's wish to break the shop on to. */
  readonly demoUrl?: string;
  /** Called when a part is up, with the milliseconds since its start and what is worth knowing of it. */
  readonly onUp: (part: string, ms: number, detail: string) => void;
}

export interface System {
  readonly gatewayUrl: string;
  readonly uiUrl: string | undefined;
  readonly shop: Shop;
  readonly target: PreparedTarget;
  readonly services: Services;
  readonly feed: EventFeed;
  /** Rejects when any process ends by itself. */
  readonly crashed: Promise<never>;
}

/** Starts broker, database, shop, services and UI, each a process of its own; every one is in `cleanup` before it is up. */
export async function startSystem({ dir, cleanup, signal, ui, demoUrl, onUp }: SystemOptions): Promise<System> {
  const logDir = join(dir, 'logs');
  const timed = async <T>(part: string, work: Promise<T>, detail: (value: T) => string): Promise<T> => {
    const started = performance.now();
    const value = await work;
    onUp(part, performance.now() - started, detail(value));
    return value;
  };
  const owned = async <T>(work: Promise<T>, stop: (value: T) => Promise<unknown>): Promise<T> => {
    const value = await work;
    cleanup.add(() => stop(value));
    signal.throwIfAborted();
    return value;
  };
  // A run starts from nothing: heals of earlier ones would be told again. Their logs stay until then.
  await Promise.all([logDir, join(dir, 'nats')].map((path) => rm(path, { recursive: true, force: true })));
  const [nats, postgres, target, at, gatewayPort] = await Promise.all([
    timed(
      'broker',
      owned(startNats({ dir: join(dir, 'nats') }), (n) => n.stop()),
      (n) => n.url,
    ),
    timed(
      'database',
      owned(startPostgres({ dir: join(dir, 'postgres') }), (p) => p.stop()),
      (p) => new URL(p.url).host,
    ),
    prepareTarget({ from: join(repositoryRoot, 'apps', 'shop'), into: join(dir, 'targets', 'shop') }),
    shopAddresses(),
    freePort(),
  ]);
  const databaseUrl = await postgres.createDatabase(`selfheal_${Date.now()}_${process.pid}`);
  const gatewayUrl = `http://127.0.0.1:${gatewayPort}`;
  const starting = performance.now();
  const [shop, services, page] = await Promise.all([
    timed(
      'shop',
      owned(startShop({ root: target.root, natsUrl: nats.url, logDir, at }), (s) => s.process.stop()),
      () => at.url,
    ),
    timed(
      'services',
      owned(
        startServices({
          natsUrl: nats.url,
          databaseUrl,
          targets: [target.root],
          logDir,
          port: gatewayPort,
          env: at.env,
          envOf: {
            deployer: { SELFHEAL_CONTROL_TOKEN: at.controlToken },
            gateway: demoUrl ? { DEMO_URL: demoUrl } : {},
            // Whoever breaks the same thing again right after a heal means it: nothing is on its way from before.
            detector: { RECENTLY_HEALED_MS: '0' },
          },
          onReady: (name) => onUp(name, performance.now() - starting, ''),
        }),
        (s) => s.stop(),
      ),
      () => gatewayUrl,
    ),
    ui
      ? timed(
          'ui',
          owned(startUi({ gatewayUrl, logDir }), (u) => u.process.stop()),
          (u) => u.url,
        )
      : undefined,
  ]);
  const crashed = new Promise<never>((_, reject) => {
    for (const member of [shop.process, ...services.group.members, ...(page ? [page.process] : [])]) member.onCrash(reject);
  });
  // Whoever does not listen for it is not to crash by it.
  crashed.catch(() => undefined);
  const feed = new EventFeed(`${gatewayUrl}/api/v1/events`);
  cleanup.add(() => feed.close());
  await feed.open();
  return { gatewayUrl, uiUrl: page?.url, shop, target, services, feed, crashed };
}
