import type { DynamicModule, Type } from '@nestjs/common';
import type { ServiceName } from '@selfheal/contracts';
import { Broker } from '@selfheal/messaging';
import { TargetRegistry } from '@selfheal/targets';
import { createLogger, type Logger, startTelemetry, type Telemetry } from '@selfheal/telemetry';
import type { z } from 'zod';
import { loadConfig, type ServiceConfig, type serviceConfig } from './config.js';
import { NestLogger } from './nest-logger.js';
import { serviceRoot } from './service-root.module.js';

/** Injection token of the app's own configuration. */
export const CONFIG = Symbol('selfheal configuration');

export interface ServiceDefinition<S extends typeof serviceConfig> {
  readonly name: ServiceName;
  readonly config: S;
  /** The app's module, or what makes it from its configuration. */
  readonly module: Type | ((config: z.infer<S>) => DynamicModule);
}

export interface PreparedService<C> {
  readonly name: ServiceName;
  readonly config: C;
  readonly telemetry: Telemetry;
  readonly logger: Logger;
  readonly nestLogger: NestLogger;
  readonly broker: Broker;
  readonly root: DynamicModule;
}

/** Everything before Nest: configuration, telemetry, logger, targets, broker. Fails at once and says why. */
export async function prepareService<S extends typeof serviceConfig>(
  definition: ServiceDefinition<S>,
): Promise<PreparedService<z.infer<S> & ServiceConfig>> {
  const { name } = definition;
  const config = loadConfig(definition.config) as z.infer<S> & ServiceConfig;
  const telemetry = startTelemetry(`selfheal-${name}`);
  const logger = createLogger(name, config.LOG_LEVEL);
  const targets = await TargetRegistry.load(config.SELFHEAL_TARGETS);
  const broker = await Broker.connect({ url: config.NATS_URL, service: name, replicas: config.NATS_REPLICAS });
  const app = isType(definition.module) ? definition.module : definition.module(config);
  const root = serviceRoot(app, [
    { provide: CONFIG, useValue: config },
    { provide: Broker, useValue: broker },
    { provide: TargetRegistry, useValue: targets },
  ]);
  return { name, config, telemetry, logger, nestLogger: new NestLogger(logger), broker, root };
}

const isType = (module: unknown): module is Type =>
  typeof module === 'function' && /^class\b/.test(Function.prototype.toString.call(module));
