import type { LoggerService } from '@nestjs/common';
import type { Logger } from '@selfheal/telemetry';

/** Nest's log calls as pino lines. Nest's own start-up chatter is debug. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    const context = String(rest.at(-1) ?? '');
    const chatter = /^(NestFactory|InstanceLoader|RoutesResolver|RouterExplorer|NestMicroservice|NestApplication)$/.test(context);
    this.logger[chatter ? 'debug' : 'info']({ context }, String(message));
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.logger.error({ context: rest.at(-1), ...(message instanceof Error && { err: message }) }, text(message));
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.logger.warn({ context: rest.at(-1) }, text(message));
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.logger.debug({ context: rest.at(-1) }, text(message));
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.logger.trace({ context: rest.at(-1) }, text(message));
  }
}

const text = (message: unknown): string => (message instanceof Error ? message.message : String(message));
