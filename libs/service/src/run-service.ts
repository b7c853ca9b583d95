import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { JetStreamStrategy, RethrowFilter } from '@selfheal/messaging';
import { serviceConfig } from './config.js';
import { startHealthServer } from './health-server.js';
import { sayReady, stopGracefully } from './lifecycle.js';
import { prepareService, type ServiceDefinition } from './prepare.js';

/**
 * Runs one microservice: environment, telemetry, broker, Nest, health server. Says `{type: 'ready'}` to its parent when it
 * hears events, and stops gracefully. Exits 1 with the reason when it cannot start.
 */
export async function runService<S extends typeof serviceConfig>(
  definition: Omit<ServiceDefinition<S>, 'config'> & { readonly config?: S },
): Promise<void> {
  try {
    await start({ ...definition, config: definition.config ?? (serviceConfig as S) });
  } catch (error) {
    failToStart(definition.name, error);
  }
}

/** The last words of a service that cannot start: one line a person can act on. */
export function failToStart(name: string, error: unknown): never {
  process.stderr.write(`selfheal ${name} cannot start: ${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}

async function start<S extends typeof serviceConfig>(definition: ServiceDefinition<S>): Promise<void> {
  const service = await prepareService(definition);
  const { broker, config, telemetry, logger } = service;
  const app = await NestFactory.createMicroservice(service.root, { strategy: new JetStreamStrategy(broker), logger: service.nestLogger });
  app.useGlobalFilters(new RethrowFilter());
  await app.listen();
  const health =
    config.HEALTH_PORT === undefined
      ? undefined
      : await startHealthServer({ port: config.HEALTH_PORT, host: config.HEALTH_HOST, ready: () => broker.connected, telemetry });
  stopGracefully(logger, async () => {
    await health?.close();
    await app.close();
    await broker.close();
    await telemetry.shutdown();
  });
  logger.info({ health_port: health?.port }, 'ready');
  sayReady({ type: 'ready', port: health?.port });
}
