import { buildApp } from './app.ts';
import { config } from './config.ts';

const app = buildApp();
const stop = (): void => {
  void app.close().then(() => process.exit(0));
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);

const address = await app.listen({ host: config.host, port: config.port });
app.log.info(`shop listens on ${address}`);
