import { natsConf } from './conf.js';
import { MAX_PAYLOAD, type Nats, type NatsOptions } from './types.js';

const IMAGE = 'nats:2.12';
const CONF = '/etc/nats/selfheal.conf';

/** A nats-server in a container. Its store lives as long as the container. */
export async function startNatsContainer({ maxPayload = MAX_PAYLOAD }: NatsOptions): Promise<Nats> {
  const { GenericContainer, Wait } = await import('testcontainers');
  const content = natsConf({ host: '0.0.0.0', port: 4222, maxPayload, storeDir: '/tmp/jetstream' });
  const container = await new GenericContainer(IMAGE)
    .withCopyContentToContainer([{ content, target: CONF }])
    .withCommand(['-c', CONF])
    .withExposedPorts(4222)
    .withWaitStrategy(Wait.forLogMessage(/Server is ready/))
    .start();
  const port = container.getMappedPort(4222);
  return {
    url: `nats://${container.getHost()}:${port}`,
    port,
    stop: async () => void (await container.stop()),
    restart: () => container.restart(),
  };
}
