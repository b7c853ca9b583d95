import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { MAX_FAILURE_BYTES } from '@selfheal/contracts';
import { type PreparedService, prepareService, sayReady, stopGracefully } from '@selfheal/service';
import { type GatewayConfig, gatewayConfig } from './gateway.config.js';
import { gatewayModule } from './gateway.module.js';
import { allowedOrigins } from './http/cors.js';
import { ProblemFilter } from './http/problem.filter.js';

/** Serves REST, SSE and the API's documentation. */
export async function serve(): Promise<void> {
  const service = await prepareService({ name: 'gateway', config: gatewayConfig, module: gatewayModule });
  const { config, logger, telemetry, broker } = service;
  const app = await createApp(service);
  await app.listen(config.PORT, config.HOST);
  const { port } = app.getHttpServer().address() as { port: number };
  stopGracefully(logger, async () => {
    await app.close();
    await broker.close();
    await telemetry.shutdown();
  });
  logger.info({ port }, 'ready');
  sayReady({ type: 'ready', port });
}

async function createApp({ root, config, logger, nestLogger, telemetry }: PreparedService<GatewayConfig>): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({ bodyLimit: MAX_FAILURE_BYTES, forceCloseConnections: true });
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, { logger: nestLogger });
  app.useGlobalFilters(new ProblemFilter(logger));
  app.enableCors({
    origin: allowedOrigins(config.CORS_ORIGINS),
    methods: ['GET', 'POST'],
    allowedHeaders: ['content-type', 'last-event-id'],
  });
  adapter.getInstance().get('/metrics', (request, reply) => {
    reply.hijack();
    telemetry.metrics(request.raw, reply.raw);
  });
  const document = new DocumentBuilder().setTitle('selfheal').setDescription('Heals, live and past').setVersion('1').build();
  SwaggerModule.setup('docs', app, () => SwaggerModule.createDocument(app, document));
  return app;
}
